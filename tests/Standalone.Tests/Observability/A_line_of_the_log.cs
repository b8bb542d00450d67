using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Hosting.Observability;

namespace XilinIngest.Standalone.Tests.Observability;

public sealed class A_line_of_the_log
{
    private static readonly JsonLogFormatter Formatter = new();

    [Fact]
    public void Has_the_ids_of_the_trace_in_which_it_is_written()
    {
        using var span = new Activity("commit").SetIdFormat(ActivityIdFormat.W3C).Start();
        var line = Write("one\ntwo");
        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), ((string?)line["trace_id"], (string?)line["span_id"]));
        Assert.Equal("one\ntwo", (string?)line["message"]);
    }

    [Fact]
    public void Has_none_where_nothing_is_traced()
    {
        Activity.Current = null;
        Assert.False(Write("one").ContainsKey("trace_id"));
    }

    private static JsonObject Write(string message)
    {
        using var writer = new StringWriter();
        Formatter.Write(new LogEntry<string>(LogLevel.Warning, "test", default, message, null, (text, _) => text), null, writer);
        return JsonNode.Parse(Assert.Single(writer.ToString().TrimEnd().Split('\n')))!.AsObject();
    }
}
