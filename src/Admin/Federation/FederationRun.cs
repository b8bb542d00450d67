using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>
/// Brings the months above to what the lower installation publishes. What was reported before is read from the upper ledger, so a run may
/// be repeated, killed and run twice at once.
/// </summary>
internal sealed class FederationRun(
    LowerInstallation lower, UpperInstallation upper, FederationRequest request, FederationConsole output, TimeProvider clock)
{
    // A month changes while it is reported. What remains then is reported by the next run.
    private const int MaxRounds = 5;

    /// <summary>Reports all months.</summary>
    /// <returns>What came of it.</returns>
    /// <exception cref="InstallationException">An installation does not answer.</exception>
    public async Task<FederationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        lower.Forget();
        var below = await lower.ReadCatalogueAsync(cancellationToken);
        var above = await upper.ReadCatalogueAsync(cancellationToken);
        if (FindUnitFault(below, above) is { } fault)
        {
            throw new InstallationException(fault.Zh, fault.En, isAway: false);
        }

        var outcome = new FederationOutcome();
        var unit = above.Units.All.First(each => each.Code.Value == request.Unit);
        Period? refused = null;
        foreach (var month in request.MonthsAt(clock.GetUtcNow()))
        {
            // The year-to-date of a later month continues that of the months before.
            if (refused is { } earlier && earlier.Year == month.Year)
            {
                output.PrintWaiting(month, earlier, outcome);
                continue;
            }

            var before = outcome.Refused;
            await ReportMonthAsync(new UpperPlace(above, unit, month, request.TakesProvisional), below, outcome, cancellationToken);
            refused = outcome.Refused > before ? month : null;
        }

        return outcome;
    }

    private (string Zh, string En)? FindUnitFault(Catalogue below, Catalogue above) =>
        !below.Units.All.Any(unit => unit.Code.Value == request.Unit)
            ? ($"下级目录中没有单位 {request.Unit}。", $"The lower catalogue has no unit {request.Unit}.")
        : above.Units.All.FirstOrDefault(unit => unit.Code.Value == request.Unit) is not { } unit
            ? ($"上级目录中没有单位 {request.Unit}。", $"The upper catalogue has no unit {request.Unit}.")
        : !unit.ReportsWhole
            ? ($"上级目录中单位 {request.Unit} 不是自报汇总数的单位：请在 units.csv 把它的 reports_whole 设为 yes。",
                $"In the upper catalogue unit {request.Unit} does not report its totals itself: set its reports_whole in units.csv to yes.")
        : null;

    // The upper ledger is read first: totals that are read afterwards are at least as new as those that were reported.
    private async Task ReportMonthAsync(
        UpperPlace place, Catalogue below, FederationOutcome outcome, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            var stated = StatedMonth.Of(await upper.ReadMonthAsync(place.Period, cancellationToken), request.Source);
            var totals = await lower.ReadTotalsAsync(place.Period, cancellationToken);
            var mapped = await MapAsync(totals, below, place, cancellationToken);
            var changes = MonthRevision.FindChanges(mapped, stated);
            if (round == 1)
            {
                output.PrintLeftOut(place.Period, mapped, outcome);
            }

            if (changes.Count == 0 || round > MaxRounds)
            {
                outcome.CountMonth(hasFigures: stated.Figures.Count > 0);
                return;
            }

            var checkpoint = await lower.ReadCheckpointAsync([.. changes.Select(change => change.Total)], cancellationToken);
            if (!await SendAsync(place.Period, changes, stated, checkpoint, outcome, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<List<MappedTotal>> MapAsync(
        IReadOnlyList<IndicatorTotal> totals, Catalogue below, UpperPlace place, CancellationToken cancellationToken)
    {
        List<MappedTotal> mapped = [];
        foreach (var total in totals)
        {
            if (!IndicatorCode.TryParse(total.Indicator, out var code) || !below.TryFind(code, out var indicator))
            {
                continue;
            }

            mapped.Add(await lower.MapAsync(total, indicator, place, cancellationToken));
        }

        return mapped;
    }

    private async Task<bool> SendAsync(
        Period period, IReadOnlyList<MappedTotal> changes, StatedMonth stated, Checkpoint checkpoint, FederationOutcome outcome,
        CancellationToken cancellationToken)
    {
        var submission = Create(null);
        if (request.IsDryRun)
        {
            // The checks compare with the months before, which a dry run has not reported.
            output.PrintPlan(submission, outcome);
            return false;
        }

        if (await upper.CheckAsync(submission, cancellationToken) is { Verdict: Verdict.Refused } check)
        {
            if (QuestionsOf(check.Findings) is not { } questions)
            {
                output.PrintRefused(period, check.Findings, canBeExplained: request.Explanation is null, outcome);
                return false;
            }

            submission = Create(questions);
        }

        var reply = await upper.SubmitAsync(submission, cancellationToken);
        if (reply.Receipt is { Verdict: Verdict.Refused, Findings: var findings }
            && submission.Explanations is null && QuestionsOf(findings) is { } asked)
        {
            submission = Create(asked);
            reply = await upper.SubmitAsync(submission, cancellationToken);
        }

        return output.PrintReply(submission, reply, outcome);

        SubmitIndicators Create(IReadOnlyList<Explanation>? explanations) => MonthRevision.Create(
            request.Source, request.Unit, period.ToString(), changes, stated, checkpoint, request.Reason, explanations);
    }

    // Null: there is an error among the findings, or no explanation to give.
    private IReadOnlyList<Explanation>? QuestionsOf(IReadOnlyList<Finding> findings)
    {
        var refusing = findings.Where(finding => finding.Severity is FindingSeverity.Error or FindingSeverity.Question).ToList();
        return request.Explanation is { } text
            && refusing.TrueForAll(finding => finding is { Severity: FindingSeverity.Question, Indicator: not null })
            ? [.. refusing.Select(finding => new Explanation { Rule = finding.Rule, Indicator = finding.Indicator!, Text = text })]
            : null;
    }
}
