using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>A server that passes a service's tiles on, but alters one of them.</summary>
internal sealed class AlteredTiles : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AlteredTiles(InProcessService service, string path, Func<byte[], byte[]> alter)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            var tile = await service.Client.GetByteArrayAsync(context.Request.Path);
            var isMeant = context.Request.Path == path;
            WasRead |= isMeant;
            await context.Response.Body.WriteAsync(isMeant ? alter(tile) : tile);
        });
    }

    /// <summary>Whether the altered tile was asked for.</summary>
    internal bool WasRead { get; private set; }

    internal string Address => _app.Urls.Single();

    /// <param name="service">Whose tiles they are.</param>
    /// <param name="path">The tile.</param>
    /// <param name="alter">What becomes of its bytes.</param>
    internal static async Task<AlteredTiles> StartAsync(InProcessService service, string path, Func<byte[], byte[]> alter)
    {
        var server = new AlteredTiles(service, path, alter);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
