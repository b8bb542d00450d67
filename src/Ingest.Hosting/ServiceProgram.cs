using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Hosting;

/// <summary>Runs a service as a program: it serves until it is stopped.</summary>
public static class ServiceProgram
{
    /// <param name="listen">Where it listens.</param>
    /// <param name="store">The name of its database, and the setting that names it.</param>
    /// <param name="builder">The host, without its routes.</param>
    /// <param name="console">Prints to the terminal.</param>
    /// <param name="map">Maps its routes.</param>
    /// <param name="fault">Called after the end: the fault that ended the service; null: it was stopped.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        ListenEndpoint listen, (string Name, string Setting) store, WebApplicationBuilder builder, ServiceConsole console,
        Action<WebApplication> map, Func<IServiceProvider, Exception?> fault) =>
        console.RunGuardedAsync(store.Name, store.Setting, () => ServeAsync(
            listen, builder, console, map, ($"数据库：{store.Name}", $"Database: {store.Name}"),
            services => console.ReportExit(fault(services), store.Name)));

    /// <summary>Runs a service without a database.</summary>
    /// <param name="listen">Where it listens.</param>
    /// <param name="builder">The host, without its routes.</param>
    /// <param name="console">Prints to the terminal.</param>
    /// <param name="map">Maps its routes.</param>
    /// <param name="over">The source of its figures, in Chinese and English.</param>
    /// <param name="ended">Called after the end; returns the exit code.</param>
    /// <param name="hasPages">Whether the service has pages.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ServeAsync(
        ListenEndpoint listen, WebApplicationBuilder builder, ServiceConsole console, Action<WebApplication> map,
        (string Zh, string En) over, Func<IServiceProvider, int> ended, bool hasPages = false)
    {
        try
        {
            builder.ListenOn(listen.EndPoint);
        }
        catch (SocketException exception)
        {
            return console.Fail($"{listen.EndPoint} 无法使用：{exception.Message}。请停止占用该端口的程序，或用 Http__Port 指定别的端口、用 Http__Address 指定本机的地址。",
                $"{listen.EndPoint} cannot be used: {exception.Message}. Stop the program that uses the port, choose another with "
                + "Http__Port, or an address of this machine with Http__Address.");
        }

        await using var app = builder.BuildService(hasPages);
        map(app);
        await app.RunAsync(
            () =>
            {
                console.ReportListening(app, listen, over.Zh, over.En);
                return app.WaitForShutdownAsync();
            },
            CancellationToken.None);
        return ended(app.Services);
    }

    /// <summary>
    /// Prints the address. If the settings name another address than loopback and nobody has to sign in, prints why it is not used.
    /// </summary>
    /// <param name="console">Prints to the terminal.</param>
    /// <param name="app">The started service.</param>
    /// <param name="listen">Where it listens.</param>
    /// <param name="storeZh">The location of its data in Chinese.</param>
    /// <param name="storeEn">The location of its data in English.</param>
    public static void ReportListening(
        this ServiceConsole console, WebApplication app, ListenEndpoint listen, string storeZh, string storeEn)
    {
        var url = app.Urls.First();
        var isOpen = !IPAddress.IsLoopback(listen.EndPoint.Address);
        console.WriteLine($"服务已启动：{url}（{(isOpen ? "" : "仅本机可访问；")}API 说明：{url}/scalar）。{storeZh}。按 Ctrl-C 停止。",
            $"Serving on {url} ({(isOpen ? "" : "this machine only; ")}API reference: {url}/scalar). {storeEn}. Ctrl-C stops.");
        if (listen.IsRestrictedToLoopback)
        {
            // In both languages, because the person who set the address may not be the one who reads this.
            Console.WriteLine(
                $"未设登录，故不在 {listen.ConfiguredAddress} 上监听，仅本机可访问：否则任何人都可查看和报送。"
                    + "请先用 key add 建立访问密钥（或设置 Access__Keys、Access__Authority），再重新启动。");
            Console.WriteLine(
                $"There is no sign-in, so it does not listen on {listen.ConfiguredAddress} but for this machine only: anyone could read "
                + "and submit. Make an access key with key add first (or set Access__Keys or Access__Authority), and start again.");
        }
    }
}
