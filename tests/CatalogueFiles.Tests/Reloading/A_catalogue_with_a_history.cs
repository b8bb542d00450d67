using XilinIngest.CatalogueFiles.Reloading;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reloading;

public sealed class A_catalogue_with_a_history : IDisposable
{
    private readonly CatalogueFolder _folder = new();
    private readonly List<(string Unit, Period Month)> _months = [];

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<CatalogueFault> FaultsAfter(params (string File, string From, string To)[] edits)
    {
        var before = _folder.Read().Catalogue!;
        foreach (var (file, from, to) in edits)
        {
            _folder.Edit(file, from, to);
        }

        var after = _folder.Read();
        Assert.Empty(after.Faults);
        return HistoryGuard.Check(before, after.Catalogue!, new DateTimeOffset(2022, 8, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("indicators.csv", "Petitions,件", "Petitions,次",
        "indicators.csv unit: indicator PETITIONS was changed from 件 to 次, but history is recorded as 件")]
    [InlineData("indicators.csv", "件,flow", "件,net_increase",
        "indicators.csv kind: indicator PETITIONS was changed from flow to net_increase")]
    [InlineData("indicators.csv", "件,flow,village", "件,flow,street",
        "indicators.csv reported_by: indicator PETITIONS was changed from village to street")]
    [InlineData("indicators.csv", "flow,enterprise,trade", "flow,enterprise,industry",
        "indicators.csv register: indicator RETAIL_SALES was changed from trade to industry")]
    [InlineData("indicators.csv", "flow,enterprise,trade", "flow,enterprise,",
        "indicators.csv register: indicator RETAIL_SALES was changed from trade to nothing, but history is recorded as trade")]
    [InlineData("units.csv", "1,village", "1,community", "units.csv kind: unit 320404007201 was changed from village to community")]
    [InlineData("units.csv", "2020-01,,,yes", "2020-01,,,no", "units.csv reports_whole: unit 320404001000 was changed from yes to no")]
    public void Does_not_become_another_thing(string file, string from, string to, string expected)
    {
        var fault = Assert.Single(FaultsAfter((file, from, to)));
        Assert.StartsWith(expected, fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("改为", fault.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_all_that_became_another_thing_at_once() =>
        Assert.Equal(3,
            FaultsAfter(("indicators.csv", "Petitions,件,flow", "Petitions,次,stock"), ("units.csv", "1,village", "1,community")).Count);

    [Fact]
    public void May_change_names_printing_and_the_end_of_a_unit() => Assert.Empty(FaultsAfter(
        ("indicators.csv", "社零,Retail sales", "零售,Retail"), ("indicators.csv", "10000,1", "10000,2"),
        ("units.csv", "Wuxing,street,320404000000,2020-01,", "Wuxing,street,320404000000,2020-01,2030-12")));

    [Fact]
    public void May_be_anything_where_there_are_no_figures()
    {
        var before = _folder.Read().Catalogue!;
        _folder.Edit("indicators.csv", "Petitions,件,flow,village", "Petitions,次,stock,street")
            .Edit("units.csv", "1,village", "1,community").Edit("units.csv", "2020-01,,,yes", "2020-01,,,no");
        Assert.Empty(Check(before, [CatalogueFolder.Firm], ("RETAIL_SALES", [2022])));
        Assert.Equal(
            ["indicators.csv unit", "indicators.csv kind", "indicators.csv reported_by"],
            Check(before, [CatalogueFolder.Firm], ("PETITIONS", [2022])).Select(fault => $"{fault.File} {fault.Column}"));
    }

    [Fact]
    public void May_take_new_indicators_and_units_new_parents_and_the_end_of_a_unit()
    {
        var before = _folder.Read().Catalogue!;
        _folder
            .Append("indicators.csv", "VISITS,走访,Visits,家,flow,village,,,,none,none,higher,no,家,firms,1,0,no,,,,民生,稳定")
            .Append("units.csv", "320404007203,三村,Village 3,village,320404007000,2023-01,,,no")
            .Edit("units.csv", "2,village,320404007000,2020-01,", "2,village,320404007000,2020-01,2030-12")
            .Edit("units.csv", "320404007202,2022-01,", "320404007202,2022-01,2022-12")
            .Append("units.csv", "91350100M000100Y43,企业1,Firm 1,enterprise,320404007203,2023-01,,trade,no");
        Assert.Empty(Check(before, [.. before.Units.All.Select(unit => unit.Code.Value)], ("RETAIL_SALES", [2022]), ("PETITIONS", [2022])));
    }

    [Theory]
    [InlineData("2013,", "2013,2022", true)]
    [InlineData("2013,", "2013,2021", false)]
    [InlineData("2013,", "2022,2040", true)]
    [InlineData("2013,", "2023,", false)]
    [InlineData("2013,", ",", false)]
    public void May_exempt_another_January_only_in_years_without_figures(string from, string to, bool may)
    {
        var before = _folder.Read().Catalogue!;
        _folder.Edit("indicators.csv", $"enterprise,trade,{from},", $"enterprise,trade,{to},");
        var faults = Check(before, [], ("RETAIL_SALES", [2022]));
        Assert.Equal(may ? 0 : 1, faults.Count);
        Assert.All(faults,
            fault => Assert.Contains(
                "whether indicator RETAIL_SALES is exempt in January was changed for 2022, of which there are figures, recorded with 2013 "
                + "to 9999 exempt", fault.MessageEn, StringComparison.Ordinal));
    }

    [Fact]
    public void May_not_exempt_a_January_that_was_due()
    {
        var before = _folder.Read().Catalogue!;
        _folder.Edit("indicators.csv", "件,flow,village,,,,", "件,flow,village,,2022,2023,");
        var fault = Assert.Single(Check(before, [], ("PETITIONS", [2022])));
        Assert.StartsWith("指标 PETITIONS 在 2022 年是否1月免报被改动，而这些年已有数据，按 1月须报 记录", fault.MessageZh, StringComparison.Ordinal);
        Assert.Empty(Check(before, [], ("PETITIONS", [2021, 2024])));
    }

    /// <summary>What is below moves with it, so its figures count too.</summary>
    [Theory]
    [InlineData("Village 2,village,320404007000,2020-01,", "Village 2,village,320404001000,2020-01,", "320404007202", "2022-01",
        "320404007202")]
    [InlineData("Village 2,village,320404007000,2020-01,", "Village 2,village,320404001000,2020-01,", CatalogueFolder.Firm, "2022-03",
        "320404007202")]
    [InlineData("enterprise,320404007201,2021-01,2021-12", "enterprise,320404007202,2021-01,2021-12", CatalogueFolder.Firm, "2021-06",
        CatalogueFolder.Firm)]
    [InlineData("enterprise,320404007202,2022-01,", "enterprise,320404007202,2022-05,", CatalogueFolder.Firm, "2022-03",
        CatalogueFolder.Firm)]
    public void May_not_give_a_unit_another_parent_in_a_month_that_has_figures(
        string from, string to, string unit, string month, string moved)
    {
        var before = _folder.Read().Catalogue!;
        _folder.Edit("units.csv", "五星街道,Wuxing,street,320404000000,2020-01,,,yes", "五星街道,Wuxing,street,320404000000,2020-01,,,no");
        before = _folder.Read().Catalogue!;
        _folder.Edit("units.csv", from, to);
        _months.Add((unit, Period.TryParse(month, out var period) ? period : default));

        var fault = Assert.Single(Check(before, [unit]));

        Assert.Equal(("units.csv", "parent", moved), (fault.File, fault.Column, fault.Code));
        Assert.Contains("published totals would change", fault.MessageEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Village 2,village,320404007000,2020-01,", "Village 2,village,320404001000,2020-01,", "320404007201", "2022-01")]
    [InlineData("enterprise,320404007202,2022-01,", "enterprise,320404007201,2022-01,", CatalogueFolder.Firm, "2021-12")]
    public void May_give_a_unit_another_parent_from_a_month_without_figures_on(string from, string to, string unit, string month)
    {
        _folder.Edit("units.csv", "五星街道,Wuxing,street,320404000000,2020-01,,,yes", "五星街道,Wuxing,street,320404000000,2020-01,,,no");
        var before = _folder.Read().Catalogue!;
        _folder.Edit("units.csv", from, to);
        _months.Add((unit, Period.TryParse(month, out var period) ? period : default));

        Assert.Empty(Check(before, [unit]));
    }

    private IReadOnlyList<CatalogueFault> Check(
        Indicators.Catalogue before, HashSet<string> units, params (string Code, int[] Years)[] figures)
    {
        var now = _folder.Read();
        Assert.Empty(now.Faults);
        return HistoryGuard.Check(
            [.. HistoryGuard.FactsOf(before)],
            new RecordedFigures(units, code => figures.FirstOrDefault(indicator => indicator.Code == code).Years ?? [], () => _months),
            now.Catalogue!);
    }
}
