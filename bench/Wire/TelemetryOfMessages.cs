using System.Diagnostics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using XilinIngest.Messaging;
using XilinIngest.Telemetry;

namespace XilinIngest.Bench.Wire;

/// <summary>
/// The processor time of handing one message to its consumer, without a broker: with no listener, with metrics, and with metrics and a span
/// that is sent by OTLP. What else is measured and traced is once for each batch.
/// </summary>
internal static class TelemetryOfMessages
{
    private const int Messages = 20_000;
    private const int Rounds = 5;
    private const string DelayVariable = "OTEL_BSP_SCHEDULE_DELAY";
    private static readonly IBusQueue Queue = new BusQueue<NoConsumer>("bench.intake", Contracts.Exchanges.Intake, Concurrency: 1);
    private static readonly ReceivedMessage Message = new([], null);

    /// <param name="endpoint">A receiver of OTLP over HTTP.</param>
    public static async Task RunAsync(string endpoint)
    {
        Environment.SetEnvironmentVariable(DelayVariable, "100");
        Func<string, string?> variable = name => name switch
        {
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" => $"{endpoint}/v1/traces",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT" => $"{endpoint}/v1/metrics",
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL" or "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL" => "http/protobuf",
            _ => null,
        };
        var nothing = await MeasureAsync();
        double metrics, traces;
        using (OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddXilin().AddOtlp(variable).Build())
        {
            metrics = await MeasureAsync();
            using (OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddXilin(variable).AddOtlp(variable).Build())
            {
                traces = await MeasureAsync();
            }
        }

        // The services that are measured later are to have the default.
        Environment.SetEnvironmentVariable(DelayVariable, null);
        Console.WriteLine(
            $"one message to its consumer: {nothing:N2} us with nothing asked for, {metrics:N2} us with metrics, {traces:N2} us with "
            + "metrics and a span, until it is sent and received");
    }

    // The least of several rounds: a busy machine only adds.
    private static async Task<double> MeasureAsync()
    {
        var least = double.MaxValue;
        var consumer = new NoConsumer();
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Messages; i++)
            {
                await MessageHandling.HandleAsync(consumer, Queue, "rabbitmq", Message, CancellationToken.None);
                if (i % 200 == 0)
                {
                    // As fast as a worker takes them, or the exporter would drop spans, which costs less.
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                }
            }

            least = Math.Min(least, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Messages);
        }

        return least;
    }

    private sealed class NoConsumer : IMessageConsumer
    {
        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            if (Activity.Current is { IsAllDataRequested: true } activity)
            {
                activity.AddEvent(new ActivityEvent("read")).SetTag("xilin.submissions", 1);
            }

            return Task.CompletedTask;
        }
    }
}
