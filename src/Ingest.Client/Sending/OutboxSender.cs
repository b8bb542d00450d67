using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using XilinIngest.Client.Outbox;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Sending;

/// <summary>The result of a sending.</summary>
/// <param name="Answered">The entries with their replies, by id. A resend with explanations replaces the entry that it explains.</param>
/// <param name="Unsent">The entries that alone could not be sent, by id, with the reason. They are still waiting.</param>
/// <param name="Outage">Why the rest is still waiting; null: nothing is.</param>
internal sealed record SendResult(
    IReadOnlyDictionary<Guid, OutboxEntry> Answered, IReadOnlyDictionary<Guid, TransportUnavailableException> Unsent,
    TransportUnavailableException? Outage)
{
    /// <summary>
    /// The entries that the service confirms as effective already, by id, with the ledger rows. They were not sent again.
    /// </summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<long>> AlreadyEffective { get; init; } = new Dictionary<Guid, IReadOnlyList<long>>();
}

/// <summary>
/// Sends the waiting entries of an outbox. Submissions of one unit are sent one after the other, those of different units concurrently.
/// Every reply is on disk before it is reported.
/// </summary>
/// <param name="outbox">The outbox.</param>
/// <param name="user">The user whose entries are sent, because the service would refuse those of other users. Null: over HTTP, all.</param>
/// <param name="client">The client of the service.</param>
/// <param name="current">Requests the effective figures of content that may have been accepted before.</param>
/// <param name="clock">The time of entries that are created during the sending.</param>
internal sealed class OutboxSender(OutboxFolder outbox, string? user, XilinClient client, ServerMonthClient current, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<long>> _alreadyEffective = [];
    private readonly ConcurrentDictionary<Guid, OutboxEntry> _answered = [];
    private readonly ConcurrentDictionary<Guid, TransportUnavailableException> _unsent = [];
    private TransportUnavailableException? _outage;

    /// <param name="progress">Called after every reply.</param>
    /// <param name="cancellationToken">Ends the sending; entries without a reply stay waiting.</param>
    public async Task<SendResult> SendAsync(Action<OutboxEntry> progress, CancellationToken cancellationToken)
    {
        var units = outbox.PendingFor(user).GroupBy(entry => entry.Unit).ToList();
        await Parallel.ForEachAsync(units,
            new ParallelOptions { MaxDegreeOfParallelism = client.MaxConcurrency, CancellationToken = cancellationToken },
            async (unit, token) =>
        {
            foreach (var entry in unit)
            {
                // After the connection is lost, the other entries are not tried.
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

            // The follow-up is saved before the answered entry is moved, so that a kill in between loses neither.
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

    // The entry was queued while the service could not be asked; now it is asked.
    private async Task<bool> IsAlreadyEffectiveAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(entry.Body)!.AsObject();
        var known = outbox.EntriesFor(entry.Unit, entry.Period);
        if (await current.FetchAsync(entry.Unit, entry.Period, known, cancellationToken) is not { } month || !month.Matches(body))
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

    // All findings are questions and the file explains each: the submission is sent again with the explanations.
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
