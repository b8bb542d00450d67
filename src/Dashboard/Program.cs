using System.Net.Sockets;
using XilinIngest.Dashboard.Data;
using XilinIngest.Hosting;

namespace XilinIngest.Dashboard;

/// <summary>The pages as a process of their own, over the addresses of an aggregator and a worker.</summary>
internal static class Program
{
    private const int UsualPort = 5080;

    public static async Task<int> Main(string[] args)
    {
        var builder = ServiceHost.CreateBuilder([.. args.Where(arg => arg != Probe.Option)]);
        var settings = new HostSettings(builder.Configuration);
        var say = settings.Say();
        if (args.Contains(Probe.Option))
        {
            return await Probe.RunAsync(say, settings, UsualPort);
        }

        var (results, intake, listen) = (settings.Service("Results", "http://127.0.0.1:5082"), settings.Service("Intake", "http://127.0.0.1:5081"), settings.Listen(UsualPort));
        if (settings.Fail(say))
        {
            return 1;
        }

        try
        {
            builder.AddDashboard(_ => new ServiceAddresses(() => results!, () => intake!)).Serve(listen);
        }
        catch (SocketException exception)
        {
            return say.Fail($"{listen} 无法使用:{exception.Message}。请停止占用该端口的程序,或用 Http__Port 指定别的端口、用 Http__Address 指定本机的地址。",
                $"{listen} cannot be used: {exception.Message}. Stop the program that uses the port, choose another with Http__Port, or an address of this machine with Http__Address.");
        }

        await using var app = builder.BuildService(hasPages: true);
        app.MapDashboard(typeof(Program).Assembly);
        await app.RunAsync(
            () =>
            {
                say.Serving(app, listen.Address, $"结果来自 {results},报送来自 {intake}", $"Results from {results}, submissions from {intake}");
                return app.WaitForShutdownAsync();
            },
            CancellationToken.None);
        return 0;
    }
}
