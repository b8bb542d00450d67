using System.Globalization;
using System.Text;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Rankings;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>Writes the report out of published figures: every word with a number in it comes from the catalogue and the cube.</summary>
internal static class ReportBuilder
{
    private const int TopCount = 3;

    /// <summary>The report up to a month, the last one reported where none is given; null: no one has reported so far.</summary>
    public static AnnualReport? Build(Cube.IndicatorCube cube, Unit unit, int year, int? month, DateTimeOffset now)
    {
        var horizon = cube.HorizonOf(year);
        var last = month ?? horizon;
        if (last < 1 || last > horizon || cube.Nodes.NodeOf(unit) < 0)
        {
            return null;
        }

        var period = new Period(year, last);
        var rows = Rows(cube, unit, period, now);
        var top = rows.Zip(cube.Catalogue.Indicators)
            .Where(pair => pair.Second.RankBy == RankBy.Growth && IsInTop(pair.First))
            .Select(pair => pair.Second)
            .ToList();
        var among = cube.Catalogue.Units.ParentOf(unit, period)?.Kind;
        return new AnnualReport(
            unit.Code.Value, period.ToString(), Paragraph(rows, TopSentenceZh(top, among), period, chinese: true),
            Paragraph(rows, TopSentenceEn(top, among), period, chinese: false), rows, [.. top.Select(indicator => indicator.Code.Value)]);
    }

    /// <summary>A row for each indicator, in catalogue order.</summary>
    public static List<ReportRow> Rows(Cube.IndicatorCube cube, Unit unit, Period period, DateTimeOffset now) =>
        [.. cube.Catalogue.Indicators.Select(indicator => Row(cube, unit, indicator, period, now))];

    private static ReportRow Row(Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now)
    {
        var node = cube.Nodes.NodeOf(unit);
        var judged = AlertEvaluator.Evaluate(cube, node, indicator, period.Year, now).Months[period.Month - 1];
        var total = TotalBuilder.Build(cube, node, indicator, period, judged, now);
        var comparison = ComparisonBuilder.Build(indicator, cube.TotalOf(node, indicator, period, now), printed: true);
        var parent = cube.Catalogue.Units.ParentOf(unit, period);
        var ranking = parent is null ? null : RankingBuilder.Build(cube, cube.Nodes.NodeOf(parent), indicator, period, now);
        var place = ranking?.Units.FirstOrDefault(ranked => ranked.Unit == unit.Code.Value);
        var printing = indicator.Printing;
        var words = total is { GrowthWords: { } word, GrowthAmount: { } amount } ? new Growth(null, Enum.Parse<GrowthWord>(word, ignoreCase: true), amount) : (Growth?)null;
        var row = new ReportRow
        {
            Indicator = indicator.Code.Value,
            NameZh = indicator.NameZh,
            NameEn = indicator.NameEn,
            UnitZh = printing.UnitZh,
            UnitEn = printing.UnitEn,
            Decimals = printing.Decimals,
            Kind = indicator.Kind.Name,
            GrowthUnit = KindCapabilities.NameOf(indicator.Kind.GrowthUnit),
            TargetMeasure = KindCapabilities.NameOf(indicator.Kind.TargetMeasure),
            YearToDate = total?.Printed,
            Base = total?.Base is { } @base ? TotalBuilder.Normalize(Rounding.Print(@base, printing)) : null,
            Comparison = comparison,
            Growth = total?.Growth,
            GrowthWords = total?.GrowthWords,
            GrowthAmount = words is null ? null : TotalBuilder.Normalize(Rounding.Print(words.Value.Amount, printing)),
            GrowthChange = total?.GrowthChange,
            GrowthZh = words is null ? null : GrowthText.Zh(words.Value, printing),
            GrowthEn = words is null ? null : GrowthText.En(words.Value, printing),
            Target = total is { TargetKind: "amount", Target: { } plan } ? TotalBuilder.Normalize(Rounding.Print(plan, printing)) : total?.Target,
            TargetKind = total?.TargetKind,
            Gap = total?.Gap,
            Colour = total?.Colour,
            Rank = place?.Rank,
            PreviousRank = place?.PreviousRank,
            Ranked = ranking?.Units.Count(ranked => ranked.Rank is not null),
            RankingState = ranking?.State,
            Reported = total?.Reported ?? 0,
            Expected = total?.Expected ?? cube.ExpectedOf(node, indicator, period),
            State = total?.State ?? TotalBuilder.StateName(TotalState.Provisional),
            Chapter = indicator.Chapter,
            Section = indicator.Section,
            PhraseZh = "",
            PhraseEn = "",
        };
        var whole = cube.TotalOf(node, indicator, period, now);
        var figure = whole is null ? null : indicator.Kind.FigureText(indicator, whole);
        var kindPhrase = whole is null ? null : indicator.Kind.PhraseText(indicator, whole, cube.Catalogue.TargetOf(unit, indicator, period.Year), period.Month);
        return row with
        {
            AmountZh = figure?.Zh ?? AmountZh(indicator, row),
            AmountEn = figure?.En ?? AmountEn(indicator, row),
            Stages = total?.Stages,
            UnitsBehind = total?.UnitsBehind,
            ComparisonZh = comparison is null ? null : ComparisonBuilder.Zh(comparison, row.YearToDate, figure => Number(figure, printing.Decimals) + printing.UnitZh),
            ComparisonEn = comparison is null ? null : ComparisonBuilder.En(comparison, row.YearToDate, EnglishScale.For(row).Amount),
            PhraseZh = kindPhrase is { } phrase ? phrase.Zh + ProvisionalZh(row) : PhraseZh(indicator, row, parent?.Kind),
            PhraseEn = kindPhrase is { } phraseEn ? phraseEn.En + ProvisionalEn(row) : PhraseEn(indicator, row),
        };
    }

    // A rate of 0 of 0: all have reported, and there is no rate.
    private static bool HasZeroDenominator(Indicator indicator, ReportRow row) =>
        indicator.Kind.IsRatio && row is { YearToDate: null, State: not "provisional" };

    // Of a ranking that may still change nothing is claimed, nor of one in which hardly anyone can be further down.
    private static bool IsInTop(ReportRow row) => row is { Rank: <= TopCount, Ranked: > TopCount, RankingState: not "provisional" };

    private static string ProvisionalZh(ReportRow row) => row.State == "provisional" ? $"(快报,{row.Reported}/{row.Expected}已报)" : "";

    private static string ProvisionalEn(ReportRow row) =>
        row.State == "provisional" ? $" [provisional, {row.Reported} of {row.Expected} reported]" : "";

    private static string? AmountZh(Indicator indicator, ReportRow row) =>
        row.YearToDate is { } value ? Number(value, indicator.Printing.Decimals) + indicator.Printing.UnitZh
        : HasZeroDenominator(indicator, row) ? "无"
        : null;

    private static string? AmountEn(Indicator indicator, ReportRow row) =>
        row.YearToDate is { } value ? EnglishScale.For(row).Amount(value) : HasZeroDenominator(indicator, row) ? "none" : null;

    private static string PhraseZh(Indicator indicator, ReportRow row, UnitKind? among)
    {
        if (row.YearToDate is not { } value)
        {
            return indicator.NameZh + (HasZeroDenominator(indicator, row) ? "：本月没有对象" : "暂无数据");
        }

        var printing = indicator.Printing;
        var provisional = ProvisionalZh(row);
        if (value == 0 && printing.ZeroPhraseZh.Length > 0)
        {
            return printing.ZeroPhraseZh + provisional;
        }

        // A phrase without a figure speaks of a place among the first of the district, so it is said only where that is so.
        var figure = Number(value, printing.Decimals) + printing.UnitZh;
        var phrase = printing.PhraseZh.Length > 0 && (printing.PhraseZh.Contains("{value}", StringComparison.Ordinal) || (among == UnitKind.District && IsInTop(row)))
            ? printing.PhraseZh.Replace("{value}", figure, StringComparison.Ordinal)
            : ChineseText.Join(indicator.NameZh, figure);
        return phrase + GrowthZh(indicator, row) + provisional;
    }

    private static string GrowthZh(Indicator indicator, ReportRow row) =>
        !indicator.Printing.WithGrowth ? ""
        : row.Growth is { } points && indicator.Kind.GrowthUnit == GrowthUnit.Points ? "," + GrowthText.RateChangeZh(points, Number(Math.Abs(points), Rounding.RateDecimals))
        : row.Growth is { } growth ? $",增幅{Number(growth, Rounding.RateDecimals)}%"
        : row.GrowthZh is { } words ? "," + words
        : "";

    private static string PhraseEn(Indicator indicator, ReportRow row)
    {
        if (row.YearToDate is not { } value)
        {
            return indicator.NameEn + (HasZeroDenominator(indicator, row) ? ": nothing to count this month" : ": no figures yet");
        }

        var growth = !indicator.Printing.WithGrowth ? ""
            : row.Growth is { } g ? $" ({(g < 0 ? "" : "+")}{Number(g, Rounding.RateDecimals)}{(indicator.Kind.GrowthUnit == GrowthUnit.Points ? " points" : "%")})"
            : row.GrowthEn is { } words ? $" ({words})" : "";
        return $"{indicator.NameEn} {EnglishScale.For(row).Amount(value)}{growth}{ProvisionalEn(row)}";
    }

    private static string Paragraph(List<ReportRow> rows, string topSentence, Period period, bool chinese)
    {
        var text = new StringBuilder();
        var first = true;
        foreach (var section in rows.GroupBy(row => (row.Chapter, row.Section)))
        {
            var phrases = section.Select(row => chinese ? row.PhraseZh : row.PhraseEn);
            var opening = !first ? "" : chinese ? OpeningZh(period.Month) : OpeningEn(period.Month);
            text.Append(chinese ? $"{section.Key.Section}。" : "")
                .Append(opening).AppendJoin(chinese ? ";" : "; ", phrases).Append(chinese ? '。' : '.');
            text.Append(first ? topSentence : "").Append('\n');
            first = false;
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string OpeningZh(int month) => month switch { 1 => "1月完成", 12 => "全年预计完成", _ => $"1—{month}月完成" };

    private static string OpeningEn(int month) => month switch { 1 => "January: ", 12 => "The whole year: ", _ => $"January to month {month}: " };

    // "Top three" of whom: of the siblings, and these are a street's villages as well as a district's streets.
    private static string TopSentenceZh(List<Indicator> top, UnitKind? among)
    {
        var names = top.Select(indicator => (indicator.Printing.RankNameZh is { Length: > 0 } name ? name : indicator.NameZh) + "增幅");
        var whole = among switch { UnitKind.City => "全市", UnitKind.District => "全区", UnitKind.Town => "全镇", _ => "全街道" };
        return top.Count == 0 ? "" : $"{string.Join('、', names)}{top.Count}项指标排名{whole}前三。";
    }

    private static string TopSentenceEn(List<Indicator> top, UnitKind? among)
    {
        var whole = among switch { UnitKind.City => "city", UnitKind.District => "district", UnitKind.Town => "town", _ => "street" };
        return top.Count == 0 ? "" : $" In the {whole}'s top three by growth ({top.Count}): {string.Join(", ", top.Select(indicator => indicator.NameEn))}.";
    }

    private static string Number(decimal value, int decimals) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
