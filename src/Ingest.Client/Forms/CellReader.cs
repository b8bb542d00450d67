using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.Client.Files;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace XilinIngest.Client.Forms;

/// <summary>The text of a cell of a workbook, or what is wrong with it. Excel and WPS store what was typed in many ways; none is guessed at.</summary>
internal sealed class CellReader
{
    private readonly string[] _shared;
    private readonly string[] _formats;
    private readonly bool _since1904;

    public CellReader(WorkbookPart book)
    {
        // Without the phonetic readings that an input method may add.
        _shared = [.. (book.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>() ?? []).Select(TextOf)];
        var styles = book.WorkbookStylesPart?.Stylesheet;
        var custom = (styles?.NumberingFormats?.Elements<NumberingFormat>() ?? []).ToDictionary(format => format.NumberFormatId?.Value ?? 0, format => format.FormatCode?.Value ?? "");
        _formats = [.. (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(format => custom.GetValueOrDefault(format.NumberFormatId?.Value ?? 0) ?? BuiltIn(format.NumberFormatId?.Value ?? 0))];
        _since1904 = book.Workbook?.WorkbookProperties?.Date1904?.Value == true;
    }

    public (string Text, Contracts.Finding? Finding) Read(Cell cell)
    {
        var raw = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value;
        if (type == CellValues.SharedString)
        {
            return int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Length ? (_shared[index], null) : ("", Damaged());
        }

        if (type == CellValues.InlineString)
        {
            return (cell.InlineString is { } inline ? TextOf(inline) : "", null);
        }

        if (type == CellValues.Error)
        {
            return (raw, FileFindings.BadCell($"公式出错({raw})。", $"The formula has failed ({raw}).", "改正公式,或直接填数。", "Mend the formula, or write the number."));
        }

        if (type == CellValues.Boolean)
        {
            return (raw, FileFindings.BadCell("是逻辑值(TRUE/FALSE),不是数。", "It is TRUE or FALSE, no number.", "直接填数。", "Write the number."));
        }

        if (cell.CellFormula is not null && raw.Length == 0 && type != CellValues.String)
        {
            return ("", FileFindings.BadCell("公式还没有计算出结果。", "The formula has no result yet.", "用 Excel 或 WPS 打开并保存一次,或直接填数。", "Open and save it in Excel or WPS, or write the number."));
        }

        return type == CellValues.String || raw.Length == 0 ? (raw, null)
            : type == CellValues.Date ? (raw, null)
            : Number(raw, _formats.ElementAtOrDefault((int)(cell.StyleIndex?.Value ?? 0)) ?? "");
    }

    // A number is stored as it is in binary, 1.1 as 1.1000000000000001: fifteen digits are what Excel shows and what was typed.
    private (string, Contracts.Finding?) Number(string raw, string format)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1e15)
        {
            return (raw, null);
        }

        if (IsDate(format))
        {
            return Date(number) is { } date
                ? (date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null)
                : (raw, Damaged());
        }

        return format.Contains('%', StringComparison.Ordinal)
            ? (raw, FileFindings.BadCell("单元格是百分比格式:看到的 95% 存为 0.95。", "The cell is formatted as a percentage: what shows as 95% is stored as 0.95.", "把格式改为“常规”,只填数字,如 95。", "Format it as 'General' and write the number alone, such as 95."))
            : (decimal.Parse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), null);
    }

    private DateTime? Date(double serial)
    {
        // Day 60 of the calendar from 1900 is a 29 February that never was; no report is that old.
        const double FirstTrue = 61;
        const double Last = 2_958_465;
        return serial is >= FirstTrue and <= Last ? new DateTime(1899, 12, 30).AddDays(Math.Floor(serial) + (_since1904 ? 1462 : 0)) : null;
    }

    private static bool IsDate(string format)
    {
        // What stands in quotes or brackets is no part of the date.
        var inside = false;
        foreach (var c in format.Replace("General", "", StringComparison.OrdinalIgnoreCase))
        {
            inside = c switch { '"' => !inside, '[' => true, ']' => false, _ => inside };
            if (!inside && char.ToLowerInvariant(c) is 'y' or 'd' or 'h')
            {
                return true;
            }
        }

        return false;
    }

    // Those that are dates, in Chinese Excel too, and percentages; all others are numbers.
    private static string BuiltIn(uint id) => id switch
    {
        9 or 10 => "0%",
        (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) => "yyyy-mm-dd",
        _ => "",
    };

    private static string TextOf(SharedStringItem item) => item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text));

    private static string TextOf(InlineString item) => item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text));

    private static Contracts.Finding Damaged() => FileFindings.BadCell("单元格无法读取。", "The cell cannot be read.", "重新填写。", "Fill it in again.");
}
