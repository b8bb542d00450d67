using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Reviews_in_the_catalogue : IDisposable
{
    private const string Header = "kind,subtree,reviewed,by,from\n";
    private const string Street = "320404007000";
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Are_none_without_the_file_or_without_rows(string? rows)
    {
        if (rows is not null)
        {
            _folder.Write("workflow.csv", Header + rows);
        }

        var catalogue = _folder.Read().Catalogue!;
        Assert.True(catalogue.Workflow.IsEmpty);
        Assert.Null(catalogue.ReviewerOf(catalogue.Units[new("320404007201")], new(2022, 7)));
    }

    [Fact]
    public void Are_done_by_the_unit_above_or_by_a_named_one_from_a_month_on_and_the_nearest_subtree_applies()
    {
        _folder.Write("workflow.csv", Header + $"village,,yes,above,2022-03\nvillage,320404007202,no,,\nenterprise,,yes,{Street},\n"
            + $"enterprise,320404007202,yes,320404000000,\ndistrict,,yes,{Street},\n");
        Assert.Equal("", ReviewerOf("320404007201", 2022, 2));
        Assert.Equal(Street, ReviewerOf("320404007201", 2022, 3));
        Assert.Equal("", ReviewerOf("320404007202", 2022, 3));
        Assert.Equal(Street, ReviewerOf("320404000000", 2022, 3));
        Assert.Equal("", ReviewerOf(Street, 2022, 3));

        // The firm belonged to village 1 in 2021, and belongs to village 2 since.
        Assert.Equal(Street, ReviewerOf(CatalogueFolder.Firm, 2021, 5));
        Assert.Equal("320404000000", ReviewerOf(CatalogueFolder.Firm, 2022, 5));
    }

    [Theory]
    [InlineData("hamlet,,yes,above,", "workflow.csv:2 kind: 'hamlet' is not one of")]
    [InlineData("village,320404009000,yes,above,", "workflow.csv:2 subtree: there is no unit 320404009000")]
    [InlineData("village,3.2E+11,yes,above,", "workflow.csv:2 subtree: '3.2E+11' is neither")]
    [InlineData("village,,maybe,above,", "workflow.csv:2 reviewed: 'maybe' is not one of yes, no")]
    [InlineData("village,,yes,,", "workflow.csv:2 by: it does not say who reviews")]
    [InlineData("village,,yes,320404009000,", "workflow.csv:2 by: there is no unit 320404009000")]
    [InlineData("village,,no,above,", "workflow.csv:2 by: no unit reviews reports that are not reviewed")]
    [InlineData("village,,yes,above,March", "workflow.csv:2 from: 'March' is not a month")]
    [InlineData("district,,yes,above,", "workflow.csv:2 by: there is no unit above the topmost one")]
    [InlineData("village,,yes,above,\nvillage,,no,,", "workflow.csv:3 kind: line 2 is of that kind of unit already")]
    [InlineData("village,,yes", "workflow.csv:2: 3 fields where the header has 5")]
    public void Are_refused_with_line_column_and_remedy(string rows, string expected)
    {
        _folder.Write("workflow.csv", Header + rows + "\n");
        var fault = Assert.Single(_folder.Read().Faults);
        Assert.StartsWith(expected, fault.ToString(), StringComparison.Ordinal);
    }

    private string ReviewerOf(string unit, int year, int month)
    {
        var read = _folder.Read();
        Assert.Empty(read.Faults);
        var catalogue = read.Catalogue!;
        return catalogue.ReviewerOf(catalogue.Units[new UnitCode(unit)], new Period(year, month))?.Code.Value ?? "";
    }
}
