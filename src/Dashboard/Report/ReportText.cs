using System.Globalization;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Report;

/// <summary>
/// The report in words: the figures by section with every rise and fall, the ranks, and what is behind its target and why. What is zero
/// or not reported is left out.
/// </summary>
internal static class ReportText
{
    private const string Numerals = "一二三四五六七八九十";

    public const string Ranks = "ranks";
    public const string Shortfalls = "shortfalls";

    /// <param name="answer">The report.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="unit">The unit of the report.</param>
    /// <param name="lang">The reader's language.</param>
    public static IReadOnlyList<ReportPart> Build(ReportAnswer answer, CatalogueView catalogue, CatalogueUnit unit, Lang lang)
    {
        IReadOnlyList<ReportSection> figures = [.. Figures(answer.Report, unit, lang)];
        (string Name, IEnumerable<ReportSection> Sections)[] parts =
        [
            (lang.T("主要指标完成情况", "Main indicators"), figures.Concat(WithoutFigures(answer.Texts, figures, lang))),
            Single(answer.Texts, lang, Ranks, lang.T("位次情况", "Ranks"), ReportRanks.Build(answer.Report, catalogue, unit, lang)),
            Single(answer.Texts, lang, Shortfalls, lang.T("落后指标及原因", "What is behind, and why"),
                ReportShortfalls.Build(answer, catalogue, lang),
                ReportShortfalls.Build(answer.WithoutEnterprises(catalogue), catalogue, lang)),
        ];
        return [.. parts.Where(part => part.Sections.Any()).Select((part, at) => new ReportPart(
            at + 1, lang.T($"{Numeral(at)}、{part.Name}", $"{Number(at + 1)}. {part.Name}"),
            [.. part.Sections.Select(section => section.With(answer.Texts.Sections, lang))]))];
    }

    /// <summary>The number of a paragraph: （一）; in English (a).</summary>
    public static string Numbered(int at, Lang lang) => lang.T($"（{Numeral(at)}）", $"({(char)('a' + at)}) ");

    // A part that is one section. What all readers may see of it differs where single enterprises are named.
    private static (string Name, IEnumerable<ReportSection> Sections) Single(
        ReportTexts texts, Lang lang, string key, string name, IReadOnlyList<ReportPassage> computed,
        IReadOnlyList<ReportPassage>? shared = null) =>
        (name, computed.Count > 0 ? [new ReportSection(key, name, "", computed, ReportSection.TextOf(shared ?? computed))]
            : EditedIn(texts, lang).Any(text => text.Section == key) ? [new ReportSection(key, name, "", [], NoFigures(lang))] : []);

    // A section may lose its last figure after its text was edited: a report was withdrawn, or an indicator moved to another section.
    private static IEnumerable<ReportSection> WithoutFigures(ReportTexts texts, IReadOnlyList<ReportSection> figures, Lang lang) =>
        EditedIn(texts, lang).Select(text => text.Section)
            .Where(key => key.Split('/') is [_, _] && figures.All(section => section.Key != key))
            .Select((key, at) => (key, Name: SectionNames.Section(key.Split('/')[1], lang), At: figures.Count + at))
            .Select(section => new ReportSection(
                section.key, section.Name, Heading(section.At, section.Name, lang), [], NoFigures(lang)));

    private static IEnumerable<ReportSectionText> EditedIn(ReportTexts texts, Lang lang) =>
        texts.Sections.Where(text => text.Text is not null && text.Language == lang.T("zh", "en"));

    private static string NoFigures(Lang lang) => lang.T("这一部分没有数据。", "This section has no figures.");

    private static string Heading(int at, string name, Lang lang) => Numbered(at, lang) + name + lang.T("。", ". ");

    private static IEnumerable<ReportSection> Figures(AnnualReport report, CatalogueUnit unit, Lang lang)
    {
        var chapters = report.Rows.Where(row => row.StatementZh is not null).GroupBy(row => (row.Chapter, row.Section));
        return Statements(report, unit, lang).Zip(chapters, (passage, section) => new ReportSection(
            $"{section.Key.Chapter}/{section.Key.Section}", SectionNames.Section(section.Key.Section, lang), passage.Heading, [passage],
            passage.Text.Trim()));
    }

    private static List<ReportPassage> Statements(AnnualReport report, CatalogueUnit unit, Lang lang)
    {
        var sections = report.Rows.Where(row => row.StatementZh is not null).GroupBy(row => (row.Chapter, row.Section)).ToList();
        return [.. sections.Select((section, at) => new ReportPassage(
            Heading(at, SectionNames.Section(section.Key.Section, lang), lang),
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
