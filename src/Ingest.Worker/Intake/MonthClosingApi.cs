using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary>
/// Closing and reopening a month over HTTP. The request becomes the message that would come over the bus, and takes the way of a
/// submission.
/// </summary>
internal static class MonthClosingApi
{
    private static readonly JsonDocumentOptions StrictJson = new() { AllowDuplicateProperties = false };

    public static void MapMonthClosing(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/months/{period}").WithTags("Months 关账");
        Map(group, "/close", "monthToClose",
            "Close a month (关账) for all units: from then on only corrections with a reason are taken. 200: closed, the receipt; 422: "
            + "refused, the receipt with every finding.");
        Map(group, "/reopen", "monthToReopen",
            "Reopen a month that is closed or locked (重开), with a reason, until it is closed again or until a time. 200 and 422 as for "
            + "close.");
    }

    private static void Map(IEndpointRouteBuilder group, string path, string field, string summary) =>
        group.MapPost(path, (HttpRequest request, string period, Caller caller, SubmissionIntake intake, LedgerWriter ledger, BusHealth bus,
                CancellationToken cancellationToken) => SubmissionBodyReader.ReadAsync(request,
            body => SubmissionsApi.RecordAsync(request, ToMessage(field, period, body), caller, intake, ledger, bus, cancellationToken),
            cancellationToken))
            .Accepts<MonthChangeRequest>("application/json")
            .WithSummary(summary)
            .ProducesReceipt()
            .RequireCloseRight();

    // The fields of the request stay as they were sent, so that the intake finds every fault of them.
    private static byte[] ToMessage(string field, string period, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, StrictJson);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new UnreadableBodyException("正文不是一个 JSON 对象。", "The body is not a JSON object.");
            }

            var buffer = new ArrayBufferWriter<byte>(body.Length + 64);
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireFormat.Options.Encoder }))
            {
                writer.WriteStartObject();
                writer.WriteString(field, period);
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    property.WriteTo(writer);
                }

                writer.WriteEndObject();
            }

            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // InvalidOperationException and ArgumentException: a text has an unpaired surrogate.
            throw new UnreadableBodyException($"正文不是有效的 JSON：{exception.Message}", $"The body is not valid JSON: {exception.Message}");
        }
    }
}
