using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace XilinIngest.Hosting;

/// <summary>Runs a service as a program: settings first, all of their faults at once; then until it is told to stop.</summary>
public static class ServiceProgram
{
    /// <param name="port">What it listens on.</param>
    /// <param name="store">Its database, and the setting that names it.</param>
    /// <param name="builder">The host, all but what it serves.</param>
    /// <param name="say">Speaks to who started it.</param>
    /// <param name="map">Maps its routes.</param>
    /// <param name="fault">Looked at when it has ended: what kept it from going on; null: it was told to stop.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        int port, (string Name, string Setting) store, WebApplicationBuilder builder, Say say, Action<WebApplication> map, Func<IServiceProvider, Exception?> fault) =>
        say.Guard(store.Name, store.Setting, async () =>
        {
            try
            {
                builder.Serve(port);
            }
            catch (SocketException exception)
            {
                return say.Fail($"端口 {port} 无法使用:{exception.Message}。请停止占用它的程序,或用 Http__Port 指定别的端口。", $"Port {port} cannot be used: {exception.Message}. Stop the program that uses it, or choose another port with Http__Port.");
            }

            await using var app = builder.BuildService();
            map(app);
            await app.RunAsync(
                () =>
                {
                    var url = app.Urls.First();
                    say.Line($"服务已启动:{url}(仅本机可访问;API 说明:{url}/scalar)。数据库:{store.Name}。按 Ctrl-C 停止。",
                        $"Serving on {url} (this machine only; API reference: {url}/scalar). Database: {store.Name}. Ctrl-C stops.");
                    return app.WaitForShutdownAsync();
                },
                CancellationToken.None);
            return say.Ended(fault(app.Services), store.Name);
        });
}
