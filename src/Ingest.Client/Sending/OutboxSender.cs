using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using XilinIngest.Client.Outbox;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Sending;

/// <summary>How a sending ended.</summary>
/// <param name="Answered">With their answers, by id; an entry that answered a question stands for the one that was asked.</param>
/// <param name="Unsent">Those that alone did not get through, by id, and why: they are still waiting.</param>
/// <param name="Outage">Why the rest is still waiting; null: nothing is.</param>
internal sealed record SendResult(
    IReadOnlyDictionary<Guid, OutboxEntry> Answered, IReadOnlyDictionary<Guid, TransportUnavailableException> Unsent,
    TransportUnavailableException? Outage)
{
    /// <summary>Those that the service confirms to stand already, by id, with the ledger rows: they were not sent again.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<long>> AlreadyEffective { get; init; } = new Dictionary<Guid, IReadOnlyList<long>>();
}

/// <summary>
/// Sends what waits in an outbox: a unit's submissions one after the other, units side by side; every answer is on disk before it is told.
/// </summary>
/// <param name="outbox">Where they wait.</param>
/// <param name="user">Whose alone are sent: the service would refuse another's under this name. Null: over HTTP, all.</param>
/// <param name="client">The way to the service.</param>
/// <param name="current">Asks what stands, of what may have been accepted before.</param>
/// <param name="clock">For what is made meanwhile.</param>
internal sealed class OutboxSender(OutboxFolder outbox, string? user, XilinClient client, ServerMonthClient current, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<long>> _alreadyEffective = [];
    private readonly ConcurrentDictionary<Guid, OutboxEntry> _answered = [];
    private readonly ConcurrentDictionary<Guid, TransportUnavailableException> _unsent = [];
    private TransportUnavailableException? _outage;

    /// <param name="progress">Called after every answer.</param>
    /// <param name="cancellationToken">What is not answered then is left waiting.</param>
    public async Task<SendResult> SendAsync(Action<OutboxEntry> progress, CancellationToken cancellationToken)
    {
        var units = outbox.PendingFor(user).GroupBy(entry => entry.Unit).ToList();
        await Parallel.ForEachAsync(units,
            new ParallelOptions { MaxDegreeOfParallelism = client.MaxConcurrency, CancellationToken = cancellationToken },
            async (unit, token) =>
        {
            foreach (var entry in unit)
            {
                // Once the line is down, the others need not find it out one by one.
                if (Volatile.Read(ref _outage) is not null || !await SendAsync(entry, progress, token))
                {
                    return;
                }
            }
        });
        return new SendResult(_answered, _unsent, _outage) { AlreadyEffective = _alreadyEffective };
    }

    private async Task<bool> SendAsync(OutboxEntry entry, Action<OutboxEntry> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (entry.IsPossibleDuplicate && await IsAlreadyEffectiveAsync(entry, cancellationToken))
            {
                progress(entry);
                return true;
            }

            var sent = await client.SendAsync(entry.ToMessage(), cancellationToken);
            var reply = await sent.Reply;
            var answered =
                entry with { Receipt = reply.Receipt, Problem = reply.Problem is null ? null : TerminalText.ToSingleLine(reply.Problem) };
            var following = FollowUp(answered);

            // First what is still to be sent, then what is done with: a kill in between loses neither.
            if (following is not null)
            {
                outbox.Save(following);
            }

            outbox.Complete(answered);
            if (following is not null)
            {
                return await SendFollowUpAsync(entry, following, progress, cancellationToken);
            }

            _answered[entry.Id] = answered;
            progress(answered);
            return true;
        }
        catch (TransportUnavailableException exception) when (exception.AffectsOnlyThisSubmission)
        {
            _unsent[entry.Id] = exception;
            return true;
        }
        catch (TransportUnavailableException exception)
        {
            Interlocked.CompareExchange(ref _outage, exception, null);
            return false;
        }
    }

    // It was kept while the service could not be asked; now it can.
    private async Task<bool> IsAlreadyEffectiveAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(entry.Body)!.AsObject();
        var through = outbox.EntriesFor(entry.Unit, entry.Period).Max(known => known.Receipt?.Sequence ?? 0);
        if (await current.FetchAsync(entry.Unit, entry.Period, through, cancellationToken) is not { } month || !month.Matches(body))
        {
            return false;
        }

        outbox.Remove(entry);
        _alreadyEffective[entry.Id] = month.RowsOf(body);
        return true;
    }

    private async Task<bool> SendFollowUpAsync(
        OutboxEntry asked, OutboxEntry following, Action<OutboxEntry> progress, CancellationToken cancellationToken)
    {
        var sent = await SendAsync(following, progress, cancellationToken);
        if (_answered.TryGetValue(following.Id, out var answered))
        {
            _answered[asked.Id] = answered;
        }
        else if (_unsent.TryGetValue(following.Id, out var why))
        {
            _unsent[asked.Id] = why;
        }

        return sent;
    }

    // Refused for nothing but questions, and the file answers each: sent once more with the answers.
    private OutboxEntry? FollowUp(OutboxEntry answered)
    {
        if (answered is not { PreparedExplanations: { } answers, Receipt: { Verdict: Verdict.Refused } receipt })
        {
            return null;
        }

        var refusing = receipt.Findings.Where(finding => finding.Severity is FindingSeverity.Error or FindingSeverity.Question).ToList();
        if (!refusing.TrueForAll(finding => finding.Severity == FindingSeverity.Question && finding.Indicator is { } indicator
            && answers.ContainsKey(indicator)))
        {
            return null;
        }

        var given = JsonNode.Parse(answered.Body)!["explanations"] as JsonArray ?? [];
        var explanations = new JsonArray([.. given.Select(explanation => explanation?.DeepClone()),
            .. refusing.Select(
                finding => new JsonObject { ["rule"] =
                    finding.Rule, ["indicator"] = finding.Indicator, ["text"] = answers[finding.Indicator!] })]);
        return OutboxEnqueue.WithExplanations(answered, explanations, clock.GetUtcNow());
    }
}
