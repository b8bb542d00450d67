using System.Text;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class A_good_catalogue : IDisposable
{
    private static readonly UnitCode Firm = new(CatalogueFolder.Firm);
    private static readonly UnitCode Xilin = new("320404007000");
    private static readonly IndicatorCode Sales = new("RETAIL_SALES");

    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Catalogue Read()
    {
        var result = _folder.Read();
        Assert.Empty(result.Faults);
        return result.Catalogue!;
    }

    [Fact]
    public void Has_its_indicators_in_the_order_of_the_file()
    {
        var indicators = Read().Indicators;
        Assert.Equal(["RETAIL_SALES", "PETITIONS"], indicators.Select(indicator => indicator.Code.Value));
        Assert.Equal([0, 1], indicators.Select(indicator => indicator.Order));
        Assert.Equal(new JanuaryExemption(2013, 9999), indicators[0].JanuaryExempt);
        Assert.Null(indicators[1].JanuaryExempt);
        Assert.Equal(
            new Printing("件", "cases", 1m, 0, false, "信访{value}", "零上访", ""), indicators[1].Printing);
        Assert.Equal((Direction.LowerIsBetter, GrowthBasis.None, UnitLevel.Village),
            (indicators[1].Direction, indicators[1].Basis, indicators[1].ReportedBy));
    }

    [Fact]
    public void May_have_invisible_characters_around_its_cells_as_a_copy_brings_them_along()
    {
        _folder.Edit("units.csv", "320404007201,一村,", "\u202D320404007201\u202C,一村\u200B,").Edit("targets.csv", "-2.5", "\u202D-2.5\u202C");
        var catalogue = Read();
        Assert.Equal("一村", catalogue.Units[new UnitCode("320404007201")].NameZh);
    }

    [Fact]
    public void Joins_the_rows_of_one_unit_into_spans()
    {
        var units = Read().Units;
        Assert.Equal(Enumerable.Range(0, 6), units.All.Select(unit => unit.Index));
        Assert.Equal("320404007201", units.ParentOf(units[Firm], new Period(2021, 12))!.Code.Value);
        Assert.Equal("320404007202", units.ParentOf(units[Firm], new Period(2022, 1))!.Code.Value);
        Assert.Equal(["industry", "trade"], units[Firm].Spans[1].Registers.Order());
    }

    [Fact]
    public void May_ask_for_nothing_at_all_where_lower_is_better()
    {
        _folder.Edit("targets.csv", "amount,12", "amount,0");
        var catalogue = Read();
        Assert.True(catalogue.TryFind("PETITIONS", out var petitions));
        Assert.Contains(catalogue.Targets, target => target.Indicator == petitions.Code && target.Value == 0);
    }

    [Fact]
    public void Has_targets_colours_calendar_and_rules()
    {
        var catalogue = Read();
        Assert.True(catalogue.TryFind(Sales, out var sales));
        Assert.Equal(-2.5m, catalogue.TargetOf(catalogue.Units[Xilin], sales, 2022)!.Value);
        Assert.Equal(new ColourRule(UnitLevel.Village, ColourScheme.Siblings, 0m, 0m, 0.5m, true),
            catalogue.ColourRuleOf(UnitLevel.Village));
        Assert.Equal(TimeSpan.FromHours(8), catalogue.WindowOf(new Period(2022, 7))!.Deadline!.Value.Offset);
        Assert.Equal(TimeSpan.Zero, catalogue.WindowOf(new Period(2022, 8))!.Locks.Offset);
        Assert.Equal("核对，单位", catalogue.Rules[0].RemedyZh);
        Assert.True(catalogue.Rules[0].Condition(Rules.FigureLookup.Create(("month", 70m), ("typical", 10m))));
        Assert.Equal(["PETITIONS"], catalogue.Rules[1].Names);
        Assert.Empty(catalogue.Rules[1].Indicators);
        Assert.Equal([FlowKind.Instance, StockKind.Instance], catalogue.Rules[1].Kinds.OrderBy(kind => kind.Name));
    }

    [Fact]
    public void Is_the_same_as_Excel_saves_it_with_a_mark_and_carriage_returns_and_empty_lines()
    {
        foreach (var file in Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)!))
        {
            var text = _folder.Text(file).ReplaceLineEndings("\r\n") + ",,,\r\n\r\n";
            _folder.Write(file, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);
        }

        Assert.Equal(6, Read().Units.All.Count);
    }

    [Fact]
    public void May_have_its_columns_in_any_order()
    {
        _folder.Write("colours.csv", "scheme,level,margin,amber_behind,silenced_by_parent,red_behind\npace,street,1,5,no,15\n");
        Assert.Equal(15m, Read().ColourRuleOf(UnitLevel.Street)!.RedBehind);
    }
}
