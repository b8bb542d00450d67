using System.Globalization;
using System.Text;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Tests.Forms;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Maps;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>A workbook of an office's own tables, and its reading by a map.</summary>
internal sealed class TableBook
{
    internal static readonly DateTimeOffset SavedAt = new(2022, 8, 3, 1, 14, 0, TimeSpan.Zero);
    internal const string Head = "工作表,含义,表中文字,对应,数据项,月份,计量单位,乘以,备注\n";
    private static readonly Lazy<ClientCatalogue> Known = new(() => ClientCatalogue.FromFolder(RepositoryFiles.Catalogue));
    private readonly RawWorkbook _book = new();

    /// <summary>A number format, for <see cref="Raw"/>.</summary>
    internal int Format(string code) => _book.Format(code);

    /// <summary>A sheet of rows from row 1 on: null is an empty cell.</summary>
    internal TableBook Sheet(
        string name, object?[][] rows, string merged = "", string before = "", string state = "visible", int hiddenRow = 0)
    {
        var xml = string.Concat(rows.Select((row, i) => Row(i + 1, row, i + 1 == hiddenRow)));
        var cells = string.Concat(
            merged.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(range => $"<mergeCell ref=\"{range}\"/>"));
        _book.Sheet(name, xml, before, cells.Length == 0 ? "" : $"<mergeCells>{cells}</mergeCells>", state);
        return this;
    }

    internal byte[] Bytes() => _book.Bytes();

    /// <summary>Reads it by the lines of a map.</summary>
    internal TableReading Read(string map, string? period = null, Catalogue? catalogue = null) =>
        Read(Bytes(), "表.xlsx", map, period, catalogue);

    /// <summary>The cells for figures, those that are empty too, as a table is filled.</summary>
    internal IReadOnlyList<TableFigure> Cells(string map, string period) => TableReader.Read(
        TableFile.Read(Bytes(), new SourceLocation("表.xlsx"), SavedAt), Map(map), Known.Value.Catalogue, GivenMonth.TryRead(period),
        withEmpty: true).Figures;

    internal static TableReading Read(byte[] bytes, string name, string map, string? period = null, Catalogue? catalogue = null)
    {
        var file = TableFile.Read(bytes, new SourceLocation(name), SavedAt);
        Assert.Empty(file.Findings);
        return TableReader.Read(file, Map(map), catalogue ?? Known.Value.Catalogue, period is null ? null : GivenMonth.TryRead(period));
    }

    /// <summary>The catalogue with another unit of the same name.</summary>
    internal static Catalogue WithSecond(string name)
    {
        var known = Known.Value.Catalogue;
        var second = known.Units.All.Single(unit => unit.NameZh == name) with
        {
            Code = new UnitCode("320404004299"),
            Index = known.Units.All.Count,
        };
        return new Catalogue(known.Indicators, new UnitTree([.. known.Units.All, second]), [], [], [], []);
    }

    internal static TableMap Map(string lines)
    {
        var (map, findings) = TableMapFile.Read(Encoding.UTF8.GetBytes(Head + lines), new SourceLocation("对照表.csv"));
        Assert.True(map is not null, string.Join('\n', findings.Select(finding => finding.Finding.MessageZh)));
        return map;
    }

    internal static IReadOnlyList<LocatedFinding> FaultsOfMap(string lines) =>
        TableMapFile.Read(Encoding.UTF8.GetBytes(Head + lines), new SourceLocation("对照表.csv")).Findings;

    internal SuggestedMap Suggest() => TableMapSuggestion.Suggest(
        TableFile.Read(Bytes(), new SourceLocation("表.xlsx"), SavedAt), Known.Value.Catalogue, english: false);

    private static string Row(int number, object?[] cells, bool isHidden) =>
        $"<row r=\"{number}\"{(isHidden ? " hidden=\"1\"" : "")}>"
        + string.Concat(cells.Select((cell, i) => Cell(SheetParts.ColumnLetters(i + 1) + number, cell))) + "</row>";

    private static string Cell(string reference, object? value) => value switch
    {
        null => "",
        Func<string, string> write => write(reference),
        string text => RawWorkbook.Text(reference, text),
        _ => RawWorkbook.Number(reference, Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    /// <summary>A number as it is stored, with a format.</summary>
    internal static Func<string, string> Raw(string stored, int format = 0) => reference => RawWorkbook.Number(reference, stored, format);

    /// <summary>A formula with the value that its program computed last; null: none.</summary>
    internal static Func<string, string> Formula(string? value) => reference =>
        $"<c r=\"{reference}\"><f>1+1</f>{(value is null ? "" : $"<v>{value}</v>")}</c>";

    /// <summary>A formula that failed.</summary>
    internal static Func<string, string> Error(string error) => reference => $"<c r=\"{reference}\" t=\"e\"><f>1/0</f><v>{error}</v></c>";
}

/// <summary>What a test looks at in a reading.</summary>
internal static class TableReadingAssertions
{
    /// <summary>The figures: unit, month, indicator, field = value.</summary>
    internal static IReadOnlyList<string> Figures(this TableReading reading)
    {
        Assert.Empty(reading.Content.Findings.Select(finding => $"{finding.Location.Describe(false)} {finding.Finding.MessageZh}"));
        return [.. from draft in reading.Content.Drafts
                   from value in draft.Body["values"]!.AsArray()
                   from field in value!.AsObject()
                   where field.Key is not ("indicator" or "unit")
                   select $"{draft.Unit[^3..]} {draft.Period} {value["indicator"]} {field.Key} {field.Value?.ToJsonString()}"];
    }

    /// <summary>The findings: cell or line, rule.</summary>
    internal static IReadOnlyList<string> Faults(this TableReading reading) =>
        [.. reading.Content.Findings.Concat(reading.Content.Drafts.SelectMany(draft => draft.Findings))
            .Select(finding =>
                $"{finding.Location.Sheet} {finding.Location.Cell ?? $"{finding.Location.Row}"} {finding.Finding.Rule}".Trim())];

    internal static CellUse UseOf(this TableReading reading, string cell) =>
        reading.Fates.Single(fate => fate.Location.Cell == cell).Use;
}
