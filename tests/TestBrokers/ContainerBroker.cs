using System.Text;
using Testcontainers.RabbitMq;

namespace XilinIngest.TestBrokers;

/// <summary>RabbitMQ in a container, where a Docker engine is running.</summary>
internal sealed class ContainerBroker : TestBroker
{
    /// <summary>
    /// The image's name; named, it is preferred to a rabbitmq-server on this machine. <c>stand-in-image.sh</c> makes one of that.
    /// </summary>
    public const string ImageVariable = "XILIN_TEST_RABBITMQ_IMAGE";

    private const string Definitions = "/tmp/definitions.json";
    private const string DefaultImage = "rabbitmq:3.13";
    private readonly RabbitMqContainer _container;

    private ContainerBroker(RabbitMqContainer container) => _container = container;

    /// <summary>The image that is asked for; null: none.</summary>
    public static string? NamedImage => Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 } named ? named : null;

    public override Uri Address => new(_container.GetConnectionString());

    public static async Task<TestBroker> StartContainerAsync()
    {
        var image = NamedImage ?? DefaultImage;
        RabbitMqContainer? container = null;
        try
        {
            container = new RabbitMqBuilder(image).WithUsername("admin").WithPassword("admin").Build();
            await container.StartAsync();
            return new ContainerBroker(container);
        }
        catch (Exception exception)
        {
            if (container is not null)
            {
                await container.DisposeAsync();
            }

            throw new InvalidOperationException(
                NamedImage is not null
                ? $"No container could be started from {image}, which {ImageVariable} names ({exception.Message}). Start Docker and name "
                    + $"an image that it has (tests/TestBrokers/stand-in-image.sh makes one), or unset {ImageVariable}."
                : $"These tests need RabbitMQ, and there is none: {AmqpVariable} is not set, rabbitmq-server is not installed, and no "
                    + $"container could be started from {image} ({exception.Message}). "
                + $"Install it (apt-get install rabbitmq-server), or start Docker (another image: {ImageVariable}), or name a broker "
                + $"in {AmqpVariable}.", exception);
        }
    }

    public override async Task ImportAsync(string definitions)
    {
        await _container.CopyAsync(Encoding.UTF8.GetBytes(definitions), Definitions);
        await ControlAsync("import_definitions", Definitions);
    }

    public override async Task<string> ExportAsync()
    {
        await ControlAsync("export_definitions", Definitions);
        return Encoding.UTF8.GetString(await _container.ReadFileAsync(Definitions));
    }

    // A container that is stopped is told to end, and a restarted one gets another port: neither is a kill.
    public override Task KillAsync() =>
        throw new InvalidOperationException(
            $"This test kills the broker, which it cannot do in a container. Install rabbitmq-server and unset {ImageVariable}: the test "
            + "then starts a node of its own.");

    public override Task RestartAsync() => KillAsync();

    public override ValueTask DisposeAsync() => _container.DisposeAsync();

    public override async Task<string> ControlAsync(params string[] arguments)
    {
        var result = await _container.ExecAsync(["rabbitmqctl", .. arguments]);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {result.Stdout} {result.Stderr}");
        }

        return result.Stdout;
    }
}
