using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.SubmissionFiles.Catalogues;

namespace XilinIngest.Client.Catalogues;

/// <summary>
/// The indicators and units from <c>/api/indicators</c> and <c>/api/units</c>, with a copy on disk for times without a connection.
/// </summary>
internal static class ServerCatalogue
{
    private const string FileName = "catalogue.json";

    /// <summary>Reads the catalogue from the service, or from the copy; null: neither is available.</summary>
    /// <param name="service">The service; null: there is none.</param>
    /// <param name="outbox">The folder of the copy.</param>
    /// <param name="onFailure">Receives the reason if the service did not return it.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public static async Task<ClientCatalogue?> FetchAsync(
        HttpClient? service, string outbox, Action<Exception> onFailure, CancellationToken cancellationToken)
    {
        if (service is null)
        {
            return ReadCached(outbox);
        }

        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(TimeSpan.FromSeconds(10));
            var (indicators, units) =
                (await service.GetStringAsync("api/indicators", timeout.Token), await service.GetStringAsync("api/units", timeout.Token));
            var text = $"{{\"indicators\":{indicators},\"units\":{units}}}";
            var known = Parse(text);
            AtomicFile.CreateFolder(outbox);
            AtomicFile.Write(Path.Combine(outbox, FileName), System.Text.Encoding.UTF8.GetBytes(text));
            return known;
        }
        catch (Exception exception)
        when (exception is HttpRequestException or JsonException or KeyNotFoundException or FormatException or ArgumentException
            or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            onFailure(exception);
            return ReadCached(outbox);
        }
    }

    private static ClientCatalogue? ReadCached(string outbox)
    {
        var path = Path.Combine(outbox, FileName);
        return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
    }

    private static ClientCatalogue Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        var (indicators, units) = (document.RootElement.GetProperty("indicators"), document.RootElement.GetProperty("units"));
        return new ClientCatalogue(CatalogueJson.Parse(indicators, units), isWhole: false);
    }
}
