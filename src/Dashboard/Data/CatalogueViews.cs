using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// One view of the catalogue for all viewers, until there is another version. A page asks for the whole catalogue only then.
/// </summary>
internal sealed class CatalogueViews
{
    private readonly Lock _adding = new();
    private CatalogueView? _newest;

    /// <summary>The catalogue of a version; where the service has another one meanwhile, that.</summary>
    /// <param name="client">Asks the service, for whoever needs the catalogue first.</param>
    /// <param name="version">The version that the reporting status names.</param>
    public async Task<ServiceResponse<CatalogueView>> GetAsync(ServiceClient client, string version)
    {
        if (Volatile.Read(ref _newest) is { } known && known.Version == version)
        {
            return new(known, null);
        }

        // Those who ask at the same time share the answer.
        var response = await client.GetAsync<CatalogueResponse>("/api/catalogue");
        return new(response.Value is { } catalogue ? Add(catalogue) : null, response.Problem);
    }

    private CatalogueView Add(CatalogueResponse catalogue)
    {
        lock (_adding)
        {
            return _newest?.Version == catalogue.Version ? _newest : _newest = new CatalogueView(catalogue);
        }
    }
}
