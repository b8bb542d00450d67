using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Definitions_beside_the_catalogue : IDisposable
{
    private const string Header =
        "code,what_zh,what_en,formula_zh,formula_en,scope_zh,scope_en,source_zh,source_en,since,note_zh,note_en\n";

    private readonly ReloadedCatalogue _catalogue = new();
    private readonly DefinitionSource _definitions;

    public Definitions_beside_the_catalogue() => _definitions = new(_catalogue.Source, NullLogger<DefinitionSource>.Instance);

    private string Code => _catalogue.Source.Current.Indicators[0].Code.Value;

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void Are_none_where_there_is_no_file_and_follow_its_edits()
    {
        Assert.Empty(_definitions.Current);
        _catalogue.Folder.Write("definitions.csv", Header + $"{Code},含义,meaning,,,口径,scope,来源,source,2021-02,,\n");
        var before = _catalogue.Source.Current;
        Assert.Equal(
            new IndicatorDefinition(new IndicatorCode(Code), new("含义", "meaning"), null, new("口径", "scope"), new("来源", "source"),
                new Period(2021, 2), null),
            Assert.Single(_definitions.Current));
        Assert.Empty(_definitions.Faults);
        _catalogue.Folder.Write("definitions.csv", Header + $"{Code},含义,other,算法,formula,口径,scope,来源,source,,注,note\n");
        Assert.Equal(("other", "formula", "note"),
            (_definitions.Current[0].What.En, _definitions.Current[0].Formula!.En, _definitions.Current[0].Note!.En));
        Assert.Same(before, _catalogue.Source.Current);
    }

    [Theory]
    [InlineData("NO_SUCH_CODE,甲,a,,,乙,b,丙,c,,,", "definitions.csv:2 code: indicators.csv has no indicator NO_SUCH_CODE; correct the code")]
    [InlineData("{code},甲,,,,乙,b,丙,c,,,", "definitions.csv:2 what_en: it is empty; fill it in")]
    [InlineData("{code},甲,a,,formula,乙,b,丙,c,,,", "definitions.csv:2 formula_zh: only one of the two languages is there; write both")]
    [InlineData("{code},甲,a,,,乙,b,丙,c,2021,,", "definitions.csv:2 since: '2021' is not a month")]
    [InlineData("{code},甲,a,,,乙,b,丙,c,,,\n{code},甲,a,,,乙,b,丙,c,,,", "definitions.csv:3 code: line 2 defines the indicator already")]
    [InlineData("{code},甲,a", "definitions.csv:2: 3 fields where the header has 12")]
    public void That_are_faulty_are_named_with_row_and_remedy_and_left_out(string lines, string fault)
    {
        _catalogue.Folder.Write("definitions.csv", Header + lines.Replace("{code}", Code, StringComparison.Ordinal) + "\n");
        Assert.StartsWith(fault, Assert.Single(_definitions.Faults).ToString(), StringComparison.Ordinal);
        Assert.Equal(lines.Split('\n').Length - 1, _definitions.Current.Count);
        Assert.Empty(_catalogue.Folder.Read().Faults);
    }

    /// <summary>The catalogue that is shipped explains all that it has.</summary>
    [Fact]
    public void Of_the_shipped_catalogue_are_sound_and_complete()
    {
        using var source = new CatalogueSource(
            new CatalogueSourceOptions { Folder = RepositoryFiles.Catalogue }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
        var shipped = new DefinitionSource(source, NullLogger<DefinitionSource>.Instance);
        Assert.Empty(shipped.Faults);
        Assert.Equal(source.Current.Indicators.Select(indicator => indicator.Code), shipped.Current.Select(each => each.Indicator));
    }
}
