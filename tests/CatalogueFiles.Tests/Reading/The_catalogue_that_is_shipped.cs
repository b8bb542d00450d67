namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class The_catalogue_that_is_shipped
{
    [Fact]
    public void Has_no_fault() => Assert.Empty(CatalogueReader.Read(Folder()).Faults);

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
