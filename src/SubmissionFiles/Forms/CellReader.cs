using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using XilinIngest.Contracts;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>
/// Reads the text of a cell of a workbook, or its fault. Excel and WPS store typed values in many ways. The reader does not guess.
/// </summary>
internal sealed partial class CellReader
{
    private static readonly NumberFormat General = NumberFormat.Parse("General");

    private readonly string[] _shared;
    private readonly NumberFormat[] _formats;
    private readonly bool _since1904;

    public CellReader(WorkbookFile book)
    {
        _shared = book.Has(book.SharedStrings) ? ReadSharedStrings(book, book.SharedStrings!) : [];
        _formats = book.Has(book.Styles) ? NumberFormats.Read(book.Read(book.Styles!)) : [];
        _since1904 = book.Uses1904Dates;
    }

    public FileCell Read(StoredCell cell, SourceLocation place)
    {
        switch (cell.Type)
        {
            case "s":
                return int.TryParse(cell.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Length
                    ? new(_shared[index], place) : new("", place, Damaged());
            case "inlineStr":
                return new(cell.Inline ?? "", place);
            case "e":
                return new(cell.Raw, place,
                    FileFindings.BadCell($"公式出错（{cell.Raw}）。", $"The formula has failed ({cell.Raw}).", "改正公式，或直接填数。",
                        "Mend the formula, or write the number."));
            case "b":
                return new(cell.Raw, place,
                    FileFindings.BadCell("是逻辑值（TRUE/FALSE）。", "It is TRUE or FALSE.", "直接填数或文字。", "Write the number or the text."));
            case "d":
                return new(IsoDate(cell.Raw), place);
        }

        if (cell.IsFormula && cell.Raw.Length == 0 && cell.Type != "str")
        {
            return new("", place,
                FileFindings.BadCell("公式还没有计算出结果。", "The formula has no result yet.", "用 Excel 或 WPS 打开并保存一次，或直接填数。",
                    "Open and save it in Excel or WPS, or write the number."));
        }

        return cell.Type == "str" || cell.Raw.Length == 0 ? new(cell.Raw, place) : Number(cell, place);
    }

    // A number is stored with its binary error, such as 1.1000000000000001 for 1.1. Rounding to fifteen digits, as Excel shows them, gives
    // the typed number.
    private FileCell Number(StoredCell cell, SourceLocation place)
    {
        if (!double.TryParse(cell.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return new(cell.Raw, place, Damaged());
        }

        var (display, words) = (cell.Style < _formats.Length ? _formats[cell.Style] : General).Describe(number);
        return display switch
        {
            NumberDisplay.Date => Date(number) is { } date ? new(FormatDate(date), place) : new(cell.Raw, place, Damaged()),
            NumberDisplay.Percentage =>
                new(cell.Raw, place,
                    FileFindings.BadCell("单元格是百分比格式：看到的 95% 存为 0.95。",
                        "The cell is formatted as a percentage: what shows as 95% is stored as 0.95.",
                "把格式改为“常规”，只填数字，如 95。", "Format it as 'General' and write the number alone, such as 95.")),
            NumberDisplay.Scaled => new(cell.Raw, place, FileFindings.BadCell(
                $"单元格的格式缩放了数：存的是 {cell.Raw}，看到的是缩小后的数。",
                $"The cell's format scales the number: {cell.Raw} is stored, and a smaller number is shown.",
                "把格式改为“常规”，按计量单位核对后填写。", "Format it as 'General', and write the number in the row's unit.")),
            NumberDisplay.Hidden =>
                new(cell.Raw, place,
                    FileFindings.BadCell($"单元格的格式不显示数，里面存的是 {cell.Raw}。",
                        $"The cell's format does not show its number, which is {cell.Raw}.",
                "把格式改为“常规”；要报的核对，不报的删去。", "Format it as 'General'; look at the number, or delete it if it is not to be sent.")),
            NumberDisplay.SignHidden =>
                new(cell.Raw, place,
                    FileFindings.BadCell($"单元格的格式不显示负号，里面存的是 {cell.Raw}。", $"The cell's format hides the minus: {cell.Raw} is stored.",
                "把格式改为“常规”后核对。", "Format it as 'General' and look at the number.")),
            NumberDisplay.SignAdded => new(Plain(number), place, DisplayedUnit: words, FigureFinding: FileFindings.BadCell(
                $"单元格的格式在数上加了负号或括号，里面存的是 {cell.Raw}。", $"The cell's format adds a minus or brackets: {cell.Raw} is stored.",
                "把格式改为“常规”，核对正负后填写。", "Format it as 'General', look at its sign and write the number.")),
            NumberDisplay.SymbolsAmongDigits => new(Plain(number), place, DisplayedUnit: words, FigureFinding: FileFindings.BadCell(
                $"单元格的格式在数字之间加了别的符号，看到的可能是另一个数，里面存的是 {cell.Raw}。",
                $"The cell's format puts other signs among the digits, which may show another number: {cell.Raw} is stored.",
                "把格式改为“常规”后核对。", "Format it as 'General' and look at the number.")),
            _ => new(Plain(number), place, DisplayedUnit: words),
        };
    }

    // A number of more than fifteen digits has lost the others. It is written with its exponent, so that it is accepted neither as a code
    // nor as a figure.
    private static string Plain(double number) => Math.Abs(number) >= 1e15
        ? number.ToString("E14", CultureInfo.InvariantCulture)
        : decimal.Parse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
        .ToString(CultureInfo.InvariantCulture);

    private DateTime? Date(double serial)
    {
        // Day 60 of the calendar from 1900 is 29 February 1900, which does not exist. No report is that old.
        const double FirstTrue = 61;
        const double Last = 2_958_465;
        return serial is >= FirstTrue and <= Last
            ? new DateTime(1899, 12, 30).AddDays(_since1904 ? 1462 : 0).AddSeconds(Math.Round(serial * 86400)) : null;
    }

    // A date in ISO 8601, with or without a time of day, as some programs write it.
    private static string IsoDate(string raw) =>
        DateTimeOffset.TryParseExact(ExcessFractionDigits().Replace(raw, ""),
            ["yyyy-MM-dd", "yyyy-MM-ddK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? FormatDate(time.DateTime)
            : raw;

    // At most seven digits of a second can be parsed.
    [GeneratedRegex(@"(?<=\.[0-9]{7})[0-9]+")]
    private static partial Regex ExcessFractionDigits();

    private static string FormatDate(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string[] ReadSharedStrings(WorkbookFile book, string part)
    {
        using var xml = book.Read(part);
        return SharedStringReader.Read(xml, part);
    }

    private static Finding Damaged() => FileFindings.BadCell("单元格无法读取。", "The cell cannot be read.", "重新填写。", "Fill it in again.");
}

/// <summary>The number formats of a workbook's cells, by the index that a cell names.</summary>
internal static class NumberFormats
{
    private const int MaxFormats = 64_000;

    public static NumberFormat[] Read(XmlReader xml)
    {
        using (xml)
        {
            var (codes, ids, isOfCells) = (new Dictionary<int, string>(), new List<int>(), false);
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.EndElement)
                {
                    isOfCells &= xml.LocalName != "cellXfs";
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "numFmt" }
                    && int.TryParse(xml.GetAttribute("numFmtId"), out var id))
                {
                    codes.TryAdd(id, xml.GetAttribute("formatCode") ?? "General");
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "cellXfs" })
                {
                    isOfCells = !xml.IsEmptyElement;
                }
                else if (isOfCells && ids.Count < MaxFormats && xml is { NodeType: XmlNodeType.Element, LocalName: "xf" })
                {
                    ids.Add(int.TryParse(xml.GetAttribute("numFmtId"), out var format) ? format : 0);
                }
            }

            var parsed = ids.Distinct().ToDictionary(id => id, id => NumberFormat.Parse(codes.GetValueOrDefault(id) ?? BuiltIn(id)));
            return [.. ids.Select(id => parsed[id])];
        }
    }

    // The built-in formats for dates, including those of Chinese Excel, and percentages. All others are plain numbers.
    private static string BuiltIn(int id) => id switch
    {
        9 or 10 => "0%",
        (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) => "yyyy-mm-dd",
        _ => "General",
    };
}
