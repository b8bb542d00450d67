using Microsoft.Extensions.Logging.Abstractions;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

/// <summary>A small catalogue, and the source that reads it and the files beside it again when they change.</summary>
internal sealed class ReloadedCatalogue : IDisposable
{
    internal ReloadedCatalogue() => Source = new(
        new CatalogueSourceOptions { Folder = Folder.Path }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);

    internal CatalogueFolder Folder { get; } = new();

    internal CatalogueSource Source { get; }

    public void Dispose()
    {
        Source.Dispose();
        Folder.Dispose();
    }
}
