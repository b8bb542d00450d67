using System.Globalization;
using System.Text;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Rankings;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>Writes the report out of published figures: every word with a number in it comes from the catalogue and the cube.</summary>
internal static class ReportBuilder
{
    private const int Top = 3;

    public static AnnualReport? Build(Cube.Cube cube, Unit unit, int year, int? month, DateTimeOffset now)
    {
        var last = month ?? cube.HorizonOf(year);
        if (last is < 1 or > 12 || cube.Nodes.NodeOf(unit) < 0)
        {
            return null;
        }

        var period = new Period(year, last);
        var rows = cube.Catalogue.Indicators.Select(indicator => Row(cube, unit, indicator, period, now)).ToList();
        var top = rows.Zip(cube.Catalogue.Indicators)
            .Where(pair => pair.Second.RankBy == RankBy.Growth && pair.First.Rank <= Top)
            .Select(pair => pair.Second)
            .ToList();
        return new AnnualReport(
            unit.Code.Value, period.ToString(), Paragraph(rows, top, period, chinese: true), Paragraph(rows, top, period, chinese: false),
            rows, [.. top.Select(indicator => indicator.Code.Value)]);
    }

    private static ReportRow Row(Cube.Cube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now)
    {
        var node = cube.Nodes.NodeOf(unit);
        var judged = AlertYears.Of(cube, node, indicator, period.Year, now).Months[period.Month - 1];
        var total = TotalResults.Of(cube, node, indicator, period, judged, now);
        var ranking = cube.Catalogue.Units.ParentOf(unit, period) is { } parent
            ? RankingResults.Of(cube, cube.Nodes.NodeOf(parent), indicator, period, now)
            : null;
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
            Kind = indicator.Kind.ToString(),
            YearToDate = total?.Printed,
            Base = total?.Base is { } @base ? TotalResults.Plain(Rounding.Print(@base, printing)) : null,
            Growth = total?.Growth,
            GrowthWords = total?.GrowthWords,
            GrowthAmount = words is null ? null : TotalResults.Plain(Rounding.Print(words.Value.Amount, printing)),
            GrowthZh = words is null ? null : GrowthInWords.Zh(words.Value, printing),
            GrowthEn = words is null ? null : GrowthInWords.En(words.Value, printing),
            Target = total is { TargetKind: "amount", Target: { } plan } ? TotalResults.Plain(Rounding.Print(plan, printing)) : total?.Target,
            TargetKind = total?.TargetKind,
            Gap = total?.Gap,
            Colour = total?.Colour,
            Rank = place?.Rank,
            Ranked = ranking?.Units.Count(ranked => ranked.Rank is not null),
            Reported = total?.Reported ?? 0,
            Expected = total?.Expected ?? cube.ExpectedOf(node, indicator, period),
            State = total?.State ?? TotalResults.State(TotalState.Provisional),
            Chapter = indicator.Chapter,
            Section = indicator.Section,
            PhraseZh = "",
            PhraseEn = "",
        };
        return row with { PhraseZh = PhraseZh(indicator, row), PhraseEn = PhraseEn(indicator, row) };
    }

    private static string PhraseZh(Indicator indicator, ReportRow row)
    {
        if (row.YearToDate is not { } value)
        {
            return $"{indicator.NameZh}暂无数据";
        }

        var printing = indicator.Printing;
        if (value == 0 && printing.ZeroPhraseZh.Length > 0)
        {
            return printing.ZeroPhraseZh;
        }

        // A phrase without a figure speaks of a place among the first, so it is said only where that is so.
        var figure = Number(value, printing.Decimals) + printing.UnitZh;
        var phrase = printing.PhraseZh.Length > 0 && (printing.PhraseZh.Contains("{value}", StringComparison.Ordinal) || row.Rank <= Top)
            ? printing.PhraseZh.Replace("{value}", figure, StringComparison.Ordinal)
            : ChineseText.Join(indicator.NameZh, figure);
        return phrase + GrowthZh(indicator, row) + (row.State == "provisional" ? $"(快报,{row.Reported}/{row.Expected}已报)" : "");
    }

    private static string GrowthZh(Indicator indicator, ReportRow row) =>
        !indicator.Printing.WithGrowth ? ""
        : row.Growth is { } points && indicator.Kind == IndicatorKind.Rate ? "," + GrowthInWords.RateZh(points, Number(Math.Abs(points), Rounding.RateDecimals))
        : row.Growth is { } growth ? $",增幅{Number(growth, Rounding.RateDecimals)}%"
        : row.GrowthZh is { } words ? "," + words
        : "";

    private static string PhraseEn(Indicator indicator, ReportRow row)
    {
        if (row.YearToDate is not { } value)
        {
            return $"{indicator.NameEn}: no figures yet";
        }

        var growth = !indicator.Printing.WithGrowth ? ""
            : row.Growth is { } g ? $" ({(g < 0 ? "" : "+")}{Number(g, Rounding.RateDecimals)}{(indicator.Kind == IndicatorKind.Rate ? " points" : "%")})"
            : row.GrowthEn is { } words ? $" ({words})" : "";
        var provisional = row.State == "provisional" ? $" [provisional, {row.Reported} of {row.Expected} reported]" : "";
        return $"{indicator.NameEn} {EnglishScale.Of(row).Amount(value)}{growth}{provisional}";
    }

    private static string Paragraph(List<ReportRow> rows, List<Indicator> top, Period period, bool chinese)
    {
        var text = new StringBuilder();
        var first = true;
        foreach (var section in rows.GroupBy(row => (row.Chapter, row.Section)))
        {
            var phrases = section.Select(row => chinese ? row.PhraseZh : row.PhraseEn);
            var opening = !first ? "" : chinese
                ? period.Month == 12 ? "全年预计完成" : $"1—{period.Month}月完成"
                : period.Month == 12 ? "The whole year: " : $"January to month {period.Month}: ";
            text.Append(chinese ? $"{section.Key.Section}。" : "")
                .Append(opening).AppendJoin(chinese ? ";" : "; ", phrases).Append(chinese ? '。' : '.');
            if (first && top.Count > 0)
            {
                text.Append(TopSentence(top, chinese));
            }

            text.Append('\n');
            first = false;
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string TopSentence(List<Indicator> top, bool chinese) => chinese
        ? string.Join('、', top.Select(indicator => (indicator.Printing.RankNameZh is { Length: > 0 } name ? name : indicator.NameZh) + "增幅")) + $"{top.Count}项指标排名全区前三。"
        : $" In the district's top three by growth ({top.Count}): {string.Join(", ", top.Select(indicator => indicator.NameEn))}.";

    private static string Number(decimal value, int decimals) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
