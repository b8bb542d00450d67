using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XilinIngest.TestServices;

/// <summary>A span as it arrived.</summary>
/// <param name="Service">The name of the service.</param>
/// <param name="Name">The name of the span.</param>
/// <param name="TraceId">The trace, in hexadecimal.</param>
/// <param name="SpanId">The span.</param>
/// <param name="ParentId">The span above it; empty: it is the first of its trace.</param>
/// <param name="Links">The traces of the spans that it links to.</param>
/// <param name="Attributes">The names and texts of its attributes.</param>
internal sealed record ReceivedSpan(
    string Service, string Name, string TraceId, string SpanId, string ParentId, IReadOnlyList<string> Links,
    IReadOnlyDictionary<string, string> Attributes);

/// <summary>Receives traces by OTLP over HTTP, as a collector does.</summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();

    private TraceReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/traces", ReceiveAsync);
    }

    /// <summary>All spans so far.</summary>
    internal IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>What makes a program send its traces here, soon after each span.</summary>
    internal (string Name, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{_app.Urls.Single()}/v1/traces"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
    ];

    internal static async Task<TraceReceiver> StartAsync()
    {
        var receiver = new TraceReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The names of the spans of a trace, each with its service.</summary>
    internal IEnumerable<string> NamesIn(string trace) =>
        Spans.Where(span => span.TraceId == trace).Select(span => $"{span.Service}: {span.Name}").Distinct();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var resource in ProtobufFields.Read(body.ToArray()).Messages(1))
        {
            var service = AttributesOf(resource.Messages(1).First(), 1).GetValueOrDefault("service.name", "");
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
            {
                _spans.Enqueue(new(
                    service, span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), [.. span.Messages(13).Select(link => link.Hex(1))],
                    AttributesOf(span, 9)));
            }
        }
    }

    private static Dictionary<string, string> AttributesOf(ProtobufFields message, int field) => message.Messages(field)
        .ToDictionary(attribute => attribute.Text(1), attribute => attribute.Messages(2).First().Text(1));
}
