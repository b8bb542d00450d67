using System.Globalization;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>What came of a run, counted.</summary>
internal sealed class FederationOutcome
{
    public int Sent { get; set; }

    public int Refused { get; set; }

    /// <summary>Months that wait for one that was refused.</summary>
    public int Waiting { get; set; }

    public int Faults { get; set; }

    /// <summary>Months that are above as they are below.</summary>
    public int Current { get; private set; }

    public void CountMonth(bool hasFigures) => Current += hasFigures ? 1 : 0;
}

/// <summary>Prints a run, in one language.</summary>
internal sealed class FederationConsole(ServiceConsole console)
{
    private const int MaxFindings = 5;

    private readonly HashSet<(string Indicator, string Reason)> _printed = [];

    // What a watch has told of months that are not taken; it is told again once something was sent.
    private readonly HashSet<string> _told = [];
    private bool _isAway;

    /// <summary>Each reason is told once for an indicator, and not for every month.</summary>
    public void PrintLeftOut(Period period, IEnumerable<MappedTotal> totals, FederationOutcome outcome)
    {
        foreach (var total in totals)
        {
            if (total.Obstacle is { } obstacle)
            {
                outcome.Faults += obstacle.IsFault ? 1 : 0;
                if (_printed.Add((total.Total.Indicator, obstacle.En)))
                {
                    var mark = obstacle.IsFault ? "✗" : "–";
                    console.WriteLine($"{mark} {period} {total.Total.Indicator}：不上报，{obstacle.Zh}。",
                        $"{mark} {period} {total.Total.Indicator}: not reported, {obstacle.En}.");
                }
            }
        }
    }

    public void PrintPlan(SubmitIndicators submission, FederationOutcome outcome)
    {
        outcome.Sent++;
        Print(submission, "将上报", "would be reported");
    }

    public void PrintWaiting(Period period, Period refused, FederationOutcome outcome)
    {
        outcome.Waiting++;
        if (_told.Add($"{period}<{refused}"))
        {
            console.WriteLine($"– {period}：等 {refused} 被接收后再上报。", $"– {period}: waits until {refused} is taken.");
        }
    }

    public void PrintRefused(Period period, IReadOnlyList<Finding> findings, bool canBeExplained, FederationOutcome outcome)
    {
        outcome.Refused++;
        if (!_told.Add($"{period}: {string.Join(' ', findings.Select(finding => finding.Rule + finding.Indicator))}"))
        {
            return;
        }

        console.WriteLine($"✗ {period}：上级不接收。", $"✗ {period}: the upper installation does not take it.");
        PrintFindings(findings);
        if (canBeExplained && findings.All(finding => finding.Severity != FindingSeverity.Error))
        {
            console.WriteLine("  请核实后用 --explain 写明原因再上报。", "  Check them, and report again with the reason in --explain.");
        }
    }

    /// <returns>Whether it was taken.</returns>
    public bool PrintReply(SubmitIndicators submission, SubmissionReply reply, FederationOutcome outcome)
    {
        if (reply.Receipt is { Verdict: not Verdict.Refused } receipt)
        {
            outcome.Sent++;
            Print(submission, Row("已上报，上级台账第 ", " 号"), Row("reported, row ", " of the upper ledger"));
            return true;

            string Row(string before, string after) => string.Create(CultureInfo.InvariantCulture, $"{before}{receipt.Sequence}{after}");
        }

        if (reply.Receipt is { } refused)
        {
            PrintRefused(Period.Parse(submission.Period), refused.Findings, submission.Explanations is null, outcome);
            return false;
        }

        outcome.Refused++;
        console.WriteLine($"✗ {submission.Period}：上级读不懂：{reply.Problem}",
            $"✗ {submission.Period}: the upper installation cannot read it: {reply.Problem}");
        return false;
    }

    public void PrintDifference(Period period, StatedFigure figure, (string Zh, string En) fault) => console.WriteLine(
        $"✗ {period} {figure.Total.Indicator}（上级台账第 {figure.Sequence} 号）：{fault.Zh}。",
        $"✗ {period} {figure.Total.Indicator} (row {figure.Sequence} above): {fault.En}.");

    public void PrintVerified(int figures, int differences, int pruned, long rows)
    {
        console.WriteLine(
            $"核对 {figures} 个数，不符 {differences} 个；下级台账 {rows} 行。",
            $"{figures} figures verified, {differences} do not hold; the lower ledger has {rows} rows.");
        if (pruned > 0)
        {
            console.WriteLine(
                $"其中 {pruned} 个所依据的版本已在下级清理，未与该版比对；其台账和检查点已核对。",
                $"Of these, {pruned} were not compared with the versions that they name, which were pruned there; the lower ledger and the "
                + "checkpoints were.");
        }
    }

    /// <summary>After a run of a watch: only if something was sent.</summary>
    public void PrintWatched(FederationOutcome outcome)
    {
        _isAway = false;
        if (outcome.Sent > 0)
        {
            PrintSummary(outcome, isDryRun: false);
        }
    }

    /// <summary>Once for each time that an installation is away.</summary>
    public void PrintAway(InstallationException exception)
    {
        if (!_isAway)
        {
            console.WriteLine($"– {exception.MessageZh} 稍后再试。", $"– {exception.Message} Tries again.");
        }

        _isAway = true;
    }

    public void PrintSummary(FederationOutcome outcome, bool isDryRun) => console.WriteLine(
        $"{(isDryRun ? "将上报" : "上报")} {outcome.Sent} 份，不被接收 {outcome.Refused} 份，等待 {outcome.Waiting} 份，与本级一致 {outcome.Current} 个月。",
        $"{(isDryRun ? "Would report" : "Reported")} {outcome.Sent}, not taken {outcome.Refused}, waiting {outcome.Waiting}, "
            + $"{outcome.Current} months as they are here.");

    private void Print(SubmitIndicators submission, string zh, string en)
    {
        _told.Clear();
        var withdrawn = submission.Values.Count(value => value.Withdraw?.Contains(FigureNames.Value) == true);
        var size = submission.Origin!.Checkpoint.TreeSize;
        console.WriteLine(
            $"✓ {submission.Period} 第 {submission.Revision} 次：{submission.Values.Count - withdrawn} 项"
                + $"{(withdrawn > 0 ? $"，撤回 {withdrawn} 项" : "")}，{zh}（本级台账 {size} 行的检查点）。",
            $"✓ {submission.Period} revision {submission.Revision}: {submission.Values.Count - withdrawn} indicators"
                + $"{(withdrawn > 0 ? $", {withdrawn} withdrawn" : "")}, {en} (checkpoint of {size} rows here).");
    }

    private void PrintFindings(IEnumerable<Finding> findings)
    {
        var refusing = findings.Where(each => each.Severity is FindingSeverity.Error or FindingSeverity.Question).ToList();
        foreach (var finding in refusing.Take(MaxFindings))
        {
            console.WriteLine($"  {finding.Rule}：{finding.MessageZh}。{finding.RemedyZh}",
                $"  {finding.Rule}: {finding.MessageEn}. {finding.RemedyEn}");
        }

        if (refusing.Count > MaxFindings)
        {
            console.WriteLine($"  另有 {refusing.Count - MaxFindings} 条。", $"  And {refusing.Count - MaxFindings} more.");
        }
    }
}
