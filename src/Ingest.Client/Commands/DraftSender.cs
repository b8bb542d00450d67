using System.Collections.Concurrent;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Checking;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Sending;

namespace XilinIngest.Client.Commands;

/// <summary>Checks the submissions of files, puts them into the outbox, sends them, and prints the receipts.</summary>
internal static class DraftSender
{
    /// <summary>Whether a draft may be sent. What is wrong with it is printed.</summary>
    public static bool IsSendable(
        SubmissionDraft draft, ClientCatalogue? catalogue, string? user, SubmissionReport report, bool uncheckedToo)
    {
        // A figure that could not be read is not reported as missing too.
        var places = draft.Findings.Select(finding => finding.Location with { Column = null }).ToHashSet();
        var offline =
            OfflineChecks.Check(draft, catalogue, user)
            .Where(finding => !places.Contains(finding.Location with { Column = null })).ToList();
        foreach (var finding in draft.Findings.Concat(offline))
        {
            report.AddFault(finding);
        }

        return draft.Findings.Count == 0 && (uncheckedToo || offline.Count == 0);
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> SendAsync(
        ClientSettings settings, ClientCatalogue? catalogue, IReadOnlyList<SubmissionDraft> drafts, DateTimeOffset? at,
        SubmissionReport report, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var outbox = await CommandSetup.OpenOutboxAsync(settings, output, cancellationToken);
        var user = settings.Bus?.User;
        var older = outbox.PendingFor(user);
        using var current = CommandSetup.OpenServerMonths(settings);
        var months = await FetchEffectiveAsync(current, outbox, drafts, cancellationToken);
        if (current.FailureReason is { } reason)
        {
            output.WriteErrorLine(
                $"问不到服务现在有效的数（{reason}），修订号按发件箱的记录编，是否有效以回执为准。",
                $"The service does not say what stands ({reason}): revisions are numbered by the outbox, and the receipts decide.");
        }

        var enrolled = new List<(SubmissionDraft Draft, EnqueueResult Enrolled)>();
        foreach (var draft in drafts)
        {
            var month = months.GetValueOrDefault((draft.Unit, draft.Period));
            enrolled.Add(
                (draft, await OutboxEnqueue.EnqueueAsync(outbox, draft, user, draft.Location.Describe(output.IsEnglish), at,
                    TimeProvider.System.GetUtcNow(), month, row => current.HasSameContentAsync(row, draft.Body, cancellationToken))));
        }

        foreach (var (_, one) in enrolled.Where(one => one.Enrolled.Finding is not null))
        {
            report.AddFault(one.Finding!);
        }

        // All submissions are on disk before the first is sent, so that they survive the end of the process.
        foreach (var (_, one) in enrolled.Where(one => one.Enrolled.IsNew))
        {
            outbox.Save(one.Entry!);
        }

        await using var client = CommandSetup.OpenClient(settings, catalogue, outbox, output);
        var sent = await SendProgress.RunAsync(outbox, user, client, current, output, cancellationToken);
        foreach (var (draft, one) in enrolled.Where(one => one.Enrolled.Finding is null))
        {
            report.PrintSubmission(draft, one, sent);
        }

        var now = enrolled.Select(one => one.Enrolled.Entry?.Id).ToHashSet();
        report.PrintEarlierEntries([.. older.Where(entry => !now.Contains(entry.Id))], sent);
        return report.PrintSummary(outbox, user, sent);
    }

    private static async Task<Dictionary<(string Unit, string Period),
        ServerMonth?>> FetchEffectiveAsync(
            ServerMonthClient current, OutboxFolder outbox, IReadOnlyList<SubmissionDraft> drafts, CancellationToken cancellationToken)
    {
        var asked = new ConcurrentDictionary<(string Unit, string Period), ServerMonth?>();
        if (!current.HasService)
        {
            return [];
        }

        // After one submission without a reply, the connection counts as lost, and the others are not tried.
        var isDown = false;
        await Parallel.ForEachAsync(drafts.Select(draft => (draft.Unit, draft.Period)).Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (month, token) =>
        {
            if (!Volatile.Read(ref isDown))
            {
                asked[month] =
                    await current.FetchAsync(month.Unit, month.Period, outbox.EntriesFor(month.Unit, month.Period), token);
                Volatile.Write(ref isDown, current.IsUnavailable);
            }
        });
        return new(asked);
    }
}
