using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>
/// A site of others on this machine, whose page shows what it is told to in a frame. It has two names, which are two origins.
/// </summary>
internal sealed class FramingSite : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>The name that the service is told of.</summary>
    public Uri Named => new(_app!.Urls.Single());

    /// <summary>The same site by a name that it is not told of.</summary>
    public Uri Other => new UriBuilder(Named) { Host = "localhost" }.Uri;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/", (string frame) => Results.Content(
            $"""<!DOCTYPE html><link rel="icon" href="data:,"><title>Portal</title>{frame}""", "text/html; charset=utf-8"));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _app!.DisposeAsync();
}
