using XilinIngest.CatalogueFiles.Reloading;

namespace XilinIngest.CatalogueFiles.Tests.Reloading;

public sealed class A_catalogue_with_a_history : IDisposable
{
    private readonly CatalogueFolder _folder = new();

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
        return HistoryGuard.Check(before, after.Catalogue!);
    }

    [Theory]
    [InlineData("indicators.csv", "Petitions,件", "Petitions,次", "indicators.csv unit: indicator PETITIONS was changed from 件 to 次, but history is recorded as 件")]
    [InlineData("indicators.csv", "件,flow", "件,net_increase", "indicators.csv kind: indicator PETITIONS was changed from flow to net_increase")]
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
        Assert.Equal(3, FaultsAfter(("indicators.csv", "Petitions,件,flow", "Petitions,次,stock"), ("units.csv", "1,village", "1,community")).Count);

    [Fact]
    public void May_change_names_printing_and_the_end_of_a_unit() => Assert.Empty(FaultsAfter(
        ("indicators.csv", "社零,Retail sales", "零售,Retail"), ("indicators.csv", "10000,1", "10000,2"),
        ("units.csv", "Wuxing,street,320404000000,2020-01,", "Wuxing,street,320404000000,2020-01,2030-12")));
}
