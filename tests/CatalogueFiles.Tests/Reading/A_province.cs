using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class A_province : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_the_level_above_a_city()
    {
        _folder.Edit("units.csv", "district,,", "district,320400000000,")
            .Append("units.csv", "320400000000,市,City,city,320000000000,2015-01,,,no")
            .Append("units.csv", "320000000000,省,Province,province,,2015-01,,,no");
        var read = _folder.Read();
        Assert.Empty(read.Faults);
        var units = read.Catalogue!.Units;
        Assert.Equal(
            [UnitLevel.Street, UnitLevel.District, UnitLevel.City, UnitLevel.Province],
            new[] { "320404007000", "320404000000", "320400000000", "320000000000" }.Select(code => units[new UnitCode(code)].Level));
        Assert.Equal("32", units.PathOf(units[new UnitCode("320000000000")], new(2022, 7)));
    }
}
