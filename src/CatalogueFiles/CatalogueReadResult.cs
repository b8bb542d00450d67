using System.Diagnostics.CodeAnalysis;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>A checked catalogue, or every fault of its files in the order of file and line.</summary>
public sealed class CatalogueReadResult
{
    private CatalogueReadResult(Catalogue? catalogue, IReadOnlyList<CatalogueFault> faults)
    {
        Catalogue = catalogue;
        Faults = faults;
    }

    [MemberNotNullWhen(true, nameof(Catalogue))]
    public bool IsValid => Catalogue is not null;

    /// <summary>Null if there is a fault.</summary>
    public Catalogue? Catalogue { get; }

    public IReadOnlyList<CatalogueFault> Faults { get; }

    internal static CatalogueReadResult Valid(Catalogue catalogue) => new(catalogue, []);

    internal static CatalogueReadResult Invalid(IReadOnlyList<CatalogueFault> faults) => new(null, faults);
}
