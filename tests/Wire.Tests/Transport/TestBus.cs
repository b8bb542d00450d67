using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>The bus of a service, with its queues, on the broker of the tests.</summary>
internal static class TestBus
{
    /// <summary>Returns when the queues are being read.</summary>
    internal static Task<ServiceProvider> StartAsync(WireDeployment wire, BusLibrary library, params IBusQueue[] queues) =>
        StartAsync(wire.Broker.Address, library, queues);

    /// <summary>The same by an address of its own.</summary>
    internal static async Task<ServiceProvider> StartAsync(Uri broker, BusLibrary library, params IBusQueue[] queues)
    {
        Assert.True(BrokerConnection.TryParse(broker.ToString(), out var address));
        var services = new ServiceCollection().AddLogging().AddMetrics()
            .AddRabbitBus(address, "a test", library, queues).BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(services.GetRequiredService<IBusTransport>().IsConnected));
        return services;
    }

    internal static async Task StopAsync(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }
}
