using System.Security.Cryptography;
using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.Admin.Federation;

/// <summary>The submission that brings a month above to what the lower installation publishes.</summary>
internal static class MonthRevision
{
    /// <summary>The most values of a submission. The rest follows with the next revision.</summary>
    private const int MaxValues = 200;

    /// <summary>The totals whose figures differ from those that were reported, in their order.</summary>
    public static IReadOnlyList<MappedTotal> FindChanges(IEnumerable<MappedTotal> totals, StatedMonth stated) =>
        [.. totals.Where(total => IsChanged(total, stated.Figures.GetValueOrDefault(total.Total.Indicator))).Take(MaxValues)];

    /// <summary>The submission of the changes.</summary>
    /// <param name="source">The name of the lower installation.</param>
    /// <param name="unit">The unit, which has the same code in both.</param>
    /// <param name="period">The month.</param>
    /// <param name="changes">At least one.</param>
    /// <param name="stated">What was reported before.</param>
    /// <param name="checkpoint">The lower ledger's checkpoint that covers the rows of the totals.</param>
    /// <param name="reason">Why a closed month is corrected; null: the rows that changed the totals are named.</param>
    /// <param name="explanations">Answers to the questions of the upper installation.</param>
    public static SubmitIndicators Create(
        string source, string unit, string period, IReadOnlyList<MappedTotal> changes, StatedMonth stated, Checkpoint checkpoint,
        string? reason, IReadOnlyList<Explanation>? explanations = null)
    {
        var submission = new SubmitIndicators
        {
            SubmissionId = Guid.Empty,
            Unit = unit,
            Period = period,
            Revision = stated.NextRevision,

            // Of two runs at once with the same revision, the one that read the lower ledger later prevails.
            SubmittedAt = checkpoint.Time,
            Values = [.. changes.Select(change => ValueOf(change, stated.Figures.GetValueOrDefault(change.Total.Indicator)))],
            Explanations = explanations is { Count: > 0 } ? explanations : null,
            Correction = (reason ?? (stated.NextRevision > 1 ? ReasonOf(changes) : null)) is { } text ? new() { Reason = text } : null,
            Origin = new()
            {
                Source = source,
                Unit = unit,
                Checkpoint = checkpoint,
                Totals = [.. changes.Select(change => change.Origin)],
            },
        };
        return submission with { SubmissionId = IdOf(submission) };
    }

    // The ledger takes an id once. Two runs that report the same, or one that is repeated after it was killed, make one row.
    private static Guid IdOf(SubmitIndicators submission)
    {
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(submission, WireFormat.Options)).AsSpan(0, 16);
        hash[6] = (byte)(hash[6] & 0x0f | 0x80);
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    private static bool IsChanged(MappedTotal total, StatedFigure? stated) => total switch
    {
        { IsWithdrawn: true } => stated is { IsWithdrawn: false },
        { Value: null } => false,
        _ => stated is null || stated.IsWithdrawn || !HaveSameFigures(total.Value, stated.Value)
            || IsProvisional(total.Origin) != IsProvisional(stated.Total),
    };

    private static bool IsProvisional(OriginTotal total) => total.State == ResultState.Provisional;

    public static bool HaveSameFigures(IndicatorValue one, IndicatorValue other) =>
        one.Value == other.Value && one.YearToDate == other.YearToDate && one.LastYear == other.LastYear
        && one.Numerator == other.Numerator && one.Denominator == other.Denominator && one.Date == other.Date;

    // A revision changes what it names, so a figure that is no longer there is taken back by its name.
    private static IndicatorValue ValueOf(MappedTotal change, StatedFigure? stated)
    {
        if (change.Value is not { } value)
        {
            return new() { Indicator = change.Total.Indicator, Withdraw = [FigureNames.Value] };
        }

        List<string> withdrawn = [];
        if (stated is { IsWithdrawn: false, Value: { YearToDate: not null } } && value.YearToDate is null)
        {
            withdrawn.Add(FigureNames.YearToDate);
        }

        if (stated is { IsWithdrawn: false, Value: { LastYear: not null } } && value.LastYear is null)
        {
            withdrawn.Add(FigureNames.LastYear);
        }

        return withdrawn.Count == 0 ? value : value with { Withdraw = withdrawn };
    }

    private static string ReasonOf(IEnumerable<MappedTotal> changes)
    {
        var rows = changes.SelectMany(change => change.Total.Cause).Distinct().Order().ToList();
        return rows.Count == 0
            ? "下级汇总数因目录或审批变动而更新" : $"下级汇总数更正，原因见其台账第 {string.Join('、', rows.Take(20))} 号";
    }
}
