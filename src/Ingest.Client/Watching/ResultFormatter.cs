using System.Globalization;
using XilinIngest.Client.Catalogues;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Watching;

/// <summary>Formats a result as a line for people.</summary>
internal sealed class ResultFormatter(ConsoleOutput output, ClientCatalogue? known)
{
    /// <param name="result">The result.</param>
    /// <param name="wanted">Whether results of a unit and an indicator are shown; null: it is of all units, or of no indicator.</param>
    /// <returns>Null: the result is not shown.</returns>
    public (string Line, string? Colour)? Format(ResultEvent result, Func<string?, string?, bool> wanted) => result.Type switch
    {
        nameof(RankingPublished) when result.Read<RankingPublished>() is { } ranking =>
            wanted(ranking.Parent, ranking.Indicator) ? (FormatRanking(ranking), null) : null,
        nameof(AlertRaised) when result.Read<AlertRaised>() is { } alert => FormatAlert(alert, output.Text("预警", "alert"), wanted),
        nameof(AlertChanged) when result.Read<AlertChanged>() is { } alert =>
            FormatAlert(alert, output.Text("预警变化", "alert changed"), wanted),
        nameof(AlertCleared) when result.Read<AlertCleared>() is { } alert =>
            FormatAlert(alert, output.Text("预警解除", "alert cleared"), wanted),
        nameof(ReportReviewed) when result.Read<ReportReviewed>() is { } review =>
            wanted(review.Unit, null) ? (FormatReview(review), review.Decision == ReviewDecision.Return ? "yellow" : null) : null,
        nameof(MonthChanged) when result.Read<MonthChanged>() is { } month => wanted(null, null) ? (FormatMonth(month), null) : null,
        _ => null,
    };

    private string FormatReview(ReportReviewed review)
    {
        var isReturn = review.Decision == ReviewDecision.Return;
        var unit = UnitName(review.Unit);
        return output.Text(
            $"审核{(isReturn ? "退回" : "通过")} {review.Period} {unit} 台账第 {review.Row} 号（{review.By}）{WhyZh(review.Reason)}",
            $"{(isReturn ? "returned" : "approved")} {review.Period} {unit} ledger row {review.Row} by {review.By}{WhyEn(review.Reason)}");
    }

    private string FormatMonth(MonthChanged month)
    {
        var isClosing = month.Transition == MonthTransition.Closed;
        var until = month.Until?.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
        return output.Text(
            $"{(isClosing ? "关账" : "重开")} {month.Period}{(month.By is null ? "" : $"（{month.By}）")}"
                + $"{(until is null ? "" : $"，至 {until}")}{WhyZh(month.Reason)}",
            $"{(isClosing ? "closed" : "reopened")} {month.Period}{(month.By is null ? "" : $" by {month.By}")}"
                + $"{(until is null ? "" : $" until {until}")}{WhyEn(month.Reason)}");
    }

    private static string WhyZh(string? reason) => reason is null ? "" : $"：{reason}";

    private static string WhyEn(string? reason) => reason is null ? "" : $": {reason}";

    private string FormatRanking(RankingPublished ranking)
    {
        var head = $"{ranking.Period} {UnitName(ranking.Parent)} {IndicatorName(ranking.Indicator)} v{ranking.Version}";
        if (ranking.Ended is not null)
        {
            return output.Text($"排名取消 {head}", $"ranking ended {head}");
        }

        var state = ranking.State switch
        {
            ResultState.Provisional =>
            output.Text("暂", "provisional"),
            ResultState.Complete => output.Text("齐", "complete"),
            _ => output.Text("定", "final")
        };
        var places = ranking.Units.Where(unit => unit.Rank is not null).Select(unit =>
            $"{unit.Rank} {UnitName(unit.Unit)} {unit.Value?.ToString(CultureInfo.InvariantCulture)}{FormatBase(unit)}"
                + $"{FormatRankChange(unit)}")
            .Concat(ranking.Units.Where(unit => unit is { Rank: null, Comparison.Words: not null })
                .Select(unit => $"– {UnitName(unit.Unit)} {FormatGrowthWords(unit.Comparison!)}{FormatBase(unit)}"));
        return output.Text($"排名 {head} [{state} {ranking.Reported}/{ranking.Expected}] ",
            $"ranking {head} [{state} {ranking.Reported}/{ranking.Expected}] ") + string.Join("; ", places);
    }

    // The base of a growth is shown beside it.
    private string FormatBase(RankedUnit unit) => unit.Comparison is not { } comparison ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $" ({comparison.Current} "
            + $": {comparison.Base} "
            + $"{(comparison.Basis == ComparisonBasis.Comparable ? output.Text("可比口径", "comparable") : output.Text("上年原报数", "recorded"))}"
            + $"{FormatLeftOut(comparison.LeftOut)})");

    // Such as ，3家未计入：新增2家、无基数1家. A growth that leaves out many units is less meaningful.
    private string FormatLeftOut(UnitsLeftOut? leftOut)
    {
        if (leftOut is null)
        {
            return "";
        }

        (string Zh, string En, int Count)[] reasons =
        [
            ("关停", "closed", leftOut.Closed), ("新增", "new", leftOut.New),
            ("无基数", "without a base", leftOut.WithoutBase), ("未报齐", "incomplete", leftOut.Incomplete),
        ];
        var (all, some) = (reasons.Sum(reason => reason.Count), reasons.Where(reason => reason.Count > 0).ToList());
        return output.Text(
            $"，{all}家未计入：{string.Join('、', some.Select(reason => $"{reason.Zh}{reason.Count}家"))}",
            $", {EnglishNoun.Count(all, "units")} left out: {string.Join(", ", some.Select(reason => $"{reason.En} {reason.Count}"))}");
    }

    // An event does not say whether its indicator is one of profits and losses, and a figure below zero need not be a loss.
    private string FormatGrowthWords(GrowthComparison comparison) =>
        GrowthWording.Of(comparison.Current, comparison.Base, isProfit: false) is { } words ? output.Text(words.Zh, words.En) : "";

    private static string FormatRankChange(RankedUnit unit) =>
        unit is { Rank: { } now, PreviousRank: { } before } && now != before
            ? now < before ? $" ↑{before - now}" : $" ↓{now - before}" : "";

    private (string, string?)? FormatAlert(AlertEvent alert, string kind, Func<string?, string?, bool> wanted)
    {
        if (!wanted(alert.Unit, alert.Indicator))
        {
            return null;
        }

        var colour = alert.Colour switch
        {
            TargetColour.Red =>
            output.Text("红", "red"),
            TargetColour.Amber => output.Text("黄", "amber"),
            _ => output.Text("绿", "green")
        };
        var silenced = alert.SilencedBy is null ? "" : output.Text("（上级已预警，静默）", " (silenced: its parent has the same alert)");
        return ($"{kind} ■ {colour} {output.Text(alert.ReasonZh, alert.ReasonEn)}{silenced}",
            alert.Colour == TargetColour.Amber ? "yellow" : alert.Colour.ToWireName());
    }

    private string UnitName(string code) =>
        known is not null && known.Catalogue.Units.TryFind(code, out var found)
            ? output.Text(found.NameZh, found.NameEn) : code;

    private string IndicatorName(string code) =>
        known is not null && known.Catalogue.TryFind(code, out var found)
            ? output.Text(found.NameZh, found.NameEn) : code;
}
