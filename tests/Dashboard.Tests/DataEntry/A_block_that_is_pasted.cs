using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.DataEntry;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>Cells copied from a spreadsheet, pasted into a form of a flow, a rate, a milestone and another flow.</summary>
public sealed class A_block_that_is_pasted
{
    private readonly IReadOnlyList<IndicatorFields> _lines =
    [
        Line(Flow("A")), Line(Rate("B")), Line(StagedIndicators.Planning), Line(Flow("C")),
    ];

    [Fact]
    public void Fills_downwards_from_where_it_was_pasted()
    {
        var result = Paste("A value", "12\r\n95/100\r\n方案评审\r\n7\r\n");
        Assert.Empty(result.Untaken);
        Assert.Equal((12m, 95m, 100m, 2m, 7m),
            (_lines[0].Value.Number, _lines[1].Numerator.Number, _lines[1].Denominator.Number, _lines[2].Value.Number,
                _lines[3].Value.Number));
    }

    [Fact]
    public void Fills_to_the_right_into_the_columns_that_a_row_has()
    {
        var result = Paste("A value", "12\t120\n95\t100\n2\t2022-03-15\n7\t70");
        Assert.Empty(result.Untaken);
        Assert.Equal((120m, 100m, new DateOnly(2022, 3, 15), 70m),
            (_lines[0].YearToDate.Number, _lines[1].Denominator.Number, _lines[2].Date.Date, _lines[3].YearToDate.Number));
    }

    [Fact]
    public void Leaves_a_field_alone_whose_cell_is_blank_and_keeps_the_rows_apart()
    {
        var result = Paste("A value", "\n\n\n7");
        Assert.Equal((3, 1, null, 7m), (result.Blank, result.Filled.Count, _lines[0].Value.Typed, _lines[3].Value.Number));
    }

    [Fact]
    public void Names_each_cell_that_is_not_taken()
    {
        var result = Paste("B numerator", "95\n已完工\n7\t70\t700\n8");
        Assert.Equal([(1, 1, "95"), (2, 1, "已完工"), (3, 3, "700"), (4, 1, "8")],
            result.Untaken.Select(cell => (cell.Row, cell.Column, cell.Text)));
        Assert.Contains("分别填分子和分母", result.Untaken[0].ReasonZh, StringComparison.Ordinal);
        Assert.Contains("0 未启动", result.Untaken[1].ReasonZh, StringComparison.Ordinal);
    }

    /// <summary>As if they were typed: the parser of the form reads what has one meaning and refuses to guess.</summary>
    [Theory]
    [InlineData("1,234,567.5", 1234567.5)]
    [InlineData("１２３４．５", 1234.5)]
    [InlineData("1.2亿", null)]
    [InlineData("3万", null)]
    [InlineData("1,234", null)]
    public void Is_read_by_the_rules_of_typing(string text, double? number)
    {
        Paste("A value", text + "\n1/2");
        Assert.Equal(((decimal?)number, number is null), (_lines[0].Value.Number, _lines[0].Value.Fault is not null));
    }

    [Fact]
    public void May_hold_quotes_where_a_cell_has_a_line_break() =>
        Assert.Equal([["a \"b\"\nc", "1"], ["", "2"]], PastedCells.Read("\"a \"\"b\"\"\nc\"\t1\r\n\t2\r\n"));

    private PasteResult Paste(string field, string text) => PastedBlock.Place(_lines, field, PastedCells.Read(text));

    private static IndicatorFields Line(CatalogueIndicator indicator) => new(indicator, new(indicator.Code, true, null, null, null));

    private static CatalogueIndicator Flow(string code) =>
        StagedIndicators.Planning with { Code = code, Kind = "Flow", Fields = [FigureNames.Value, FigureNames.YearToDate], Stages = [] };

    private static CatalogueIndicator Rate(string code) =>
        StagedIndicators.Planning with
        {
            Code = code,
            Kind = "Rate",
            Fields = [FigureNames.Numerator, FigureNames.Denominator],
            Stages = [],
        };
}
