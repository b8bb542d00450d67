using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class The_catalogue_that_is_shipped
{
    [Fact]
    public void Has_no_fault() => Assert.Empty(CatalogueReader.Read(Folder()).Faults);

    /// <summary>The form and the pages would otherwise show an English reader the Chinese unit.</summary>
    [Fact]
    public void Has_an_English_name_for_the_unit_that_each_indicator_is_submitted_in() => Assert.Equal([],
        CatalogueReader.Read(Folder()).Catalogue!.Indicators
            .Where(indicator => EnglishScale.SubmittedUnit(indicator.Printing.UnitEn, indicator.Printing.Divisor) is null)
            .Select(indicator => indicator.Code.Value));

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "XilinIngest.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "catalogue");
    }
}
