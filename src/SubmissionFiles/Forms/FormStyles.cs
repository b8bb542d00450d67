using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.TabularFiles;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>The styles of a form's cells. The value is the index in the style sheet.</summary>
internal enum FormCellStyle : uint
{
    Plain, Title, Hint, Heading, Label, FixedText, FixedNumber, FixedWhole, InputNumber, InputMoney, InputText, Exempt,
}

internal static class FormStyles
{
    private const uint TwoDecimals = 164;

    public static Stylesheet Build() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = TwoDecimals, FormatCode = "#,##0.00####" }) { Count = 1 },
        new Fonts(Font(11), Font(16, bold: true), Font(10, colour: "FF595959"), Font(11, bold: true),
            Font(11, colour: "FF808080"))
        { Count = 5 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("FFD9E1F2"), Solid("FFFFF9DB"), Solid("FFE7E6E6"))
        { Count = 5 },
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(
                new LeftBorder { Style = BorderStyleValues.Thin }, new RightBorder { Style = BorderStyleValues.Thin },
                new TopBorder { Style = BorderStyleValues.Thin }, new BottomBorder { Style = BorderStyleValues.Thin },
                new DiagonalBorder()))
        { Count = 2 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(
            Format(),
            Format(font: 1),
            Format(font: 2, wraps: true),
            Format(font: 3, fill: 2, border: 1, wraps: true),
            Format(font: 3),
            Format(number: 49, border: 1, quoted: true),
            Format(number: TwoDecimals, font: 4, border: 1),
            Format(number: 3, font: 4, border: 1),
            Format(fill: 3, border: 1, locked: false),
            Format(number: TwoDecimals, fill: 3, border: 1, locked: false),
            Format(number: 49, fill: 3, border: 1, wraps: true, locked: false),
            Format(number: 49, font: 4, fill: 4, border: 1))
        { Count = 12 },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });

    private static Font Font(double size, bool bold = false, string? colour = null)
    {
        var font = new Font();
        if (bold)
        {
            font.Append(new Bold());
        }

        font.Append(new FontSize { Val = size });
        if (colour is not null)
        {
            font.Append(new Color { Rgb = colour });
        }

        font.Append(new FontName { Val = "宋体" });
        return font;
    }

    private static Fill Solid(string colour) =>
        new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private static CellFormat Format(
        uint number = 0, uint font = 0, uint fill = 0, uint border = 0, bool wraps = false, bool locked = true, bool quoted = false)
    {
        var format = new CellFormat
        {
            NumberFormatId = number,
            FontId = font,
            FillId = fill,
            BorderId = border,
            FormatId = 0,
            ApplyNumberFormat = true,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyProtection = true,
            ApplyAlignment = true,
        };
        format.Append(new Alignment { Vertical = VerticalAlignmentValues.Center, WrapText = wraps ? true : null });
        format.Append(new Protection { Locked = locked });
        return quoted ? FormulaProtection.QuoteTexts(format) : format;
    }
}
