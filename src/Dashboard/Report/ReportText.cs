using System.Globalization;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Report;

/// <summary>A part of the report, such as 一、主要指标完成情况.</summary>
/// <param name="Heading">Its numbered heading.</param>
/// <param name="Paragraphs">Its paragraphs.</param>
internal sealed record ReportPart(string Heading, IReadOnlyList<ReportPassage> Paragraphs);

/// <summary>A paragraph of the report.</summary>
/// <param name="Heading">The words in front of it, such as （一）经济运行。; empty: there are none.</param>
/// <param name="Pieces">The text in pieces.</param>
internal sealed record ReportPassage(string Heading, IReadOnlyList<ReportPiece> Pieces)
{
    public string Text => string.Concat(Pieces.Select(piece => piece.Text));
}

/// <summary>A piece of a paragraph.</summary>
/// <param name="Text">The text.</param>
/// <param name="Indicator">The indicator whose figure it states, for a link; null: it states none.</param>
internal sealed record ReportPiece(string Text, string? Indicator = null);

/// <summary>
/// The report in words: the figures by section with every rise and fall, the ranks, and what is behind its target and why. What is zero
/// or not reported is left out.
/// </summary>
internal static class ReportText
{
    private const string Numerals = "一二三四五六七八九十";

    /// <param name="answer">The report.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="unit">The unit of the report.</param>
    /// <param name="lang">The reader's language.</param>
    public static IReadOnlyList<ReportPart> Build(ReportAnswer answer, CatalogueView catalogue, CatalogueUnit unit, Lang lang)
    {
        (string Heading, IReadOnlyList<ReportPassage> Paragraphs)[] parts =
        [
            (lang.T("主要指标完成情况", "Main indicators"), Figures(answer.Report, unit, lang)),
            (lang.T("位次情况", "Ranks"), ReportRanks.Build(answer.Report, catalogue, unit, lang)),
            (lang.T("落后指标及原因", "What is behind, and why"), ReportShortfalls.Build(answer, catalogue, lang)),
        ];
        return [.. parts.Where(part => part.Paragraphs.Count > 0).Select((part, at) => new ReportPart(
            lang.T($"{Numeral(at)}、{part.Heading}", $"{Number(at + 1)}. {part.Heading}"), part.Paragraphs))];
    }

    /// <summary>The number of a paragraph: （一）; in English (a).</summary>
    public static string Numbered(int at, Lang lang) => lang.T($"（{Numeral(at)}）", $"({(char)('a' + at)}) ");

    private static List<ReportPassage> Figures(AnnualReport report, CatalogueUnit unit, Lang lang)
    {
        var sections = report.Rows.Where(row => row.StatementZh is not null).GroupBy(row => (row.Chapter, row.Section)).ToList();
        return [.. sections.Select((section, at) => new ReportPassage(
            Numbered(at, lang) + SectionNames.Section(section.Key.Section, lang) + lang.T("。", ". "),
            [
                .. at == 0 ? [new ReportPiece(Opening(report, unit, lang))] : Array.Empty<ReportPiece>(),
                .. section.SelectMany((row, i) => new[]
                {
                    new ReportPiece(i == 0 ? "" : lang.T("；", "; ")),
                    new ReportPiece(lang.T(row.StatementZh!, row.StatementEn!), row.Indicator),
                }),
                new ReportPiece(lang.T("。", ".")),
            ]))];
    }

    // Until all figures of a year are final, they are what is expected.
    private static string Opening(AnnualReport report, CatalogueUnit unit, Lang lang)
    {
        var (year, month) = (report.Period[..4], int.Parse(report.Period[5..], CultureInfo.InvariantCulture));
        var untilZh = month switch { 1 => "1月", 12 => "", _ => $"1—{month}月" };
        var name = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);
        var untilEn = month switch { 1 => $"January {year}", 12 => $"{year}", _ => $"January to {name} {year}" };
        var isExpected = month == 12 && !report.IsFinal;
        return lang.T(
            $"{year}年{untilZh}，{unit.NameZh}{(month == 12 ? "全年" : "")}{(isExpected ? "预计" : "")}完成",
            $"{unit.NameEn}, {untilEn}{(isExpected ? " (expected)" : "")}: ");
    }

    private static string Numeral(int at) => at < Numerals.Length ? Numerals[at].ToString() : "十" + Numerals[at - Numerals.Length];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
