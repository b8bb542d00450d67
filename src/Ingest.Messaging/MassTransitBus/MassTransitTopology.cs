using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>How MassTransit connects to RabbitMQ and declares a queue.</summary>
internal static class MassTransitTopology
{
    public static void ConfigureHost(IRabbitMqBusFactoryConfigurator bus, BrokerConnection connection, string name, BrokerWait wait)
    {
        var address = connection.Address;
        bus.Host(address.Nodes[0].Host, (ushort)address.Nodes[0].Port, address.VirtualHost, name, host =>
        {
            host.Username(address.User);
            host.Password(address.Password!);
            host.Heartbeat(connection.Heartbeat);
            host.OnRefreshConnectionFactory = _ => wait.WaitAsync();
            if (address.IsEncrypted)
            {
                host.UseSsl(tls => ConfigureTls(tls, address));
            }

            if (address.Nodes.Count > 1)
            {
                host.UseCluster(cluster =>
                {
                    foreach (var node in address.Nodes)
                    {
                        cluster.Node(node.ToString());
                    }
                });
            }
        });
    }

    public static void ConfigureQueue(IRabbitMqReceiveEndpointConfigurator endpoint, IBusQueue queue)
    {
        // By default the library declares a fanout exchange for every queue. With the topic exchange in its place, it binds the queue
        // directly: one hop less for every message, and only the objects of docs/wire.md on the broker.
        if (endpoint is not RabbitMqReceiveEndpointConfiguration { Settings: RabbitMqReceiveSettings settings })
        {
            throw new InvalidOperationException("This version of MassTransit.RabbitMQ keeps a queue's settings elsewhere.");
        }

        // The library makes this address once, from the exchange's name as it is then, and keeps the health of each endpoint under it. Made
        // now, it has the queue's name. Otherwise two queues of one exchange had one address, and asking for the bus's health failed.
        _ = endpoint.InputAddress;
        settings.ExchangeName = queue.Exchange;
        settings.ExchangeType = ExchangeType.Topic;
        settings.RoutingKey = queue.Binding;
        foreach (var (name, value) in RabbitTopology.ArgumentsFor(queue))
        {
            endpoint.SetQueueArgument(name, value);
        }

        if (!queue.HasDeadLetters)
        {
            return;
        }

        endpoint.BindDeadLetterQueue(Exchanges.DeadLetter, Queues.DeadLetters, parked =>
        {
            foreach (var (name, value) in RabbitTopology.DeadLetterArguments)
            {
                parked.SetQueueArgument(name, value);
            }
        });
    }

    // The library accepts any certificate by default. In a cluster, the certificate of each node must name the first node.
    private static void ConfigureTls(IRabbitMqSslConfigurator tls, BrokerAddress address)
    {
        tls.Protocol = SslProtocols.None;
        tls.ServerName = address.Nodes[0].Host;
        tls.EnforcePolicyErrors(
            SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch
            | SslPolicyErrors.RemoteCertificateNotAvailable);
    }
}
