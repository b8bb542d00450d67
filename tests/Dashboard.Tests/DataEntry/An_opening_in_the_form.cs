using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.DataEntry;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>A month of history of which a year-to-date of 990 is reported, without the month's value.</summary>
public sealed class An_opening_in_the_form
{
    private static readonly CatalogueIndicator Revenue =
        new("REVENUE", "收入", "Revenue", "万元", "Flow", "Street", null, null, "Recorded", "Growth", "HigherIsBetter", false, "亿元", "", 1, 0,
            "", "")
        {
            GrowthUnit = GrowthUnits.Percent,
            TargetMeasure = TargetMeasures.Pace,
            Fields = [FigureNames.Value, FigureNames.YearToDate, FigureNames.LastYear],
            IsAtMonthEnd = false,
            Stages = [],
        };

    private static readonly FormFigures Opening = new(null, 990, null, null, null, 1);

    [Fact]
    public void With_a_note_is_sent_as_it_stands()
    {
        var line = new IndicatorFields(Revenue, new("REVENUE", true, Opening, null, null));
        line.Load(line.Entry);
        line.Note.Typed = "年鉴第 12 页";
        Assert.True(line.WillBeSent);
        Assert.Equal((null, 990m, "年鉴第 12 页"), (line.ToValue().Value, line.ToValue().YearToDate, line.ToValue().Note));
    }

    [Theory]
    [InlineData(false, "累计 990")]
    [InlineData(true, "990 to date")]
    public void Is_named_as_a_year_to_date(bool isEnglish, string text) =>
        Assert.Equal(text, ReportedFigureFormat.Text(Revenue, Opening, new Lang(isEnglish)));
}
