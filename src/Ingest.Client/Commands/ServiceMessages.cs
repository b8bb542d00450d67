using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary>Sends requests about months and reports to the service, and prints their receipts.</summary>
internal static class ServiceMessages
{
    /// <summary>Sends a request and prints its receipt.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">The path of the route.</param>
    /// <param name="body">The body without its message id.</param>
    /// <param name="output">The output.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> SendAsync(
        ClientSettings settings, string path, JsonObject body, ConsoleOutput output, CancellationToken cancellationToken) =>
        ServiceRequests.TranslateFaultsAsync(async () =>
        {
            body["messageId"] = Guid.NewGuid().ToString();
            using var service = settings.CreateHttpClient();
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await service.PostAsync(path, content, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity
                ? Print(JsonSerializer.Deserialize<SubmissionReceipt>(text, WireFormat.Options)!, output)
                : throw new HttpRequestException(DescribeProblem(text, answer.StatusCode), null, answer.StatusCode);
        });

    private static int Print(SubmissionReceipt receipt, ConsoleOutput output)
    {
        var isRefused = receipt.Verdict == Verdict.Refused;
        output.WriteLine(
            isRefused ? "✗ 未受理。" : $"✓ 已记入台账第 {receipt.Sequence} 号。",
            isRefused ? "✗ Not taken." : $"✓ Recorded as ledger row {receipt.Sequence}.");
        foreach (var finding in receipt.Findings)
        {
            output.WriteLine(
                $"  {finding.Rule} {finding.MessageZh}{finding.RemedyZh}", $"  {finding.Rule} {finding.MessageEn} {finding.RemedyEn}");
        }

        return isRefused ? ExitCodes.Refused : ExitCodes.Accepted;
    }

    private static string DescribeProblem(string text, HttpStatusCode status)
    {
        try
        {
            return (string?)JsonNode.Parse(text)?["detail"] ?? $"{(int)status}";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return $"{(int)status}";
        }
    }
}
