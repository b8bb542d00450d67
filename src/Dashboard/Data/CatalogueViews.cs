namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Keeps one view of the catalogue for all viewers, so that pages load the whole catalogue only when its version changes.
/// </summary>
internal sealed class CatalogueViews
{
    private readonly Lock _adding = new();
    private CatalogueView? _newest;

    /// <summary>The catalogue of a version, or a newer one if the service has a newer one by now.</summary>
    /// <param name="client">The client of the caller who needs the catalogue first.</param>
    /// <param name="version">The version that the reporting status names.</param>
    public async Task<ServiceResponse<CatalogueView>> GetAsync(ServiceClient client, string version)
    {
        if (Volatile.Read(ref _newest) is { } known && known.Version == version)
        {
            return new(known, null);
        }

        // Concurrent callers share one response.
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
