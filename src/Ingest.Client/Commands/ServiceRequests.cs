using System.Text;
using System.Text.Json;

namespace XilinIngest.Client.Commands;

/// <summary>Requests to the service, with its failures as command errors.</summary>
internal static class ServiceRequests
{
    /// <exception cref="CommandException">The service cannot be reached, or refuses the request.</exception>
    public static async Task<int> TranslateFaultsAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (HttpRequestException exception)
        {
            throw exception.StatusCode is null
                ? new CommandException(ExitCodes.NotSent, $"无法连接服务：{exception.Message}",
                    $"The service cannot be reached: {exception.Message}")
                : new CommandException(ExitCodes.NotSent, $"问不到服务：{exception.Message}",
                    $"The service does not answer the question: {exception.Message}");
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            throw new CommandException(ExitCodes.NotSent, "服务没有按时答复（--timeout）。", "The service did not answer in time (--timeout).");
        }
        catch (Exception exception)
        when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new CommandException(ExitCodes.NotSent, $"答复看不懂，请核对服务地址：{exception.Message}",
                $"The answer makes no sense, check the service's address: {exception.Message}");
        }
    }

    /// <summary>Requests JSON. If the service refuses, the exception has the text of its problem.</summary>
    public static async Task<JsonElement> GetJsonAsync(this HttpClient service, string path, CancellationToken cancellationToken)
    {
        using var answer = await service.GetAsync(path, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    /// <summary>Requests a file. If the service refuses, the exception has the text of its problem.</summary>
    public static async Task<byte[]> GetFileAsync(this HttpClient service, string path, CancellationToken cancellationToken)
    {
        using var answer = await service.GetAsync(path, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            await ReadAsync(answer, cancellationToken);
        }

        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Posts a value as JSON, and returns the answer's JSON. If the service refuses, the exception has the text of its
    /// problem.</summary>
    public static async Task<JsonElement> PostJsonAsync<T>(
        this HttpClient service, string path, T value, CancellationToken cancellationToken)
    {
        using var body = new StringContent(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        using var answer = await service.PostAsync(path, body, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return answer.IsSuccessStatusCode
            ? document.RootElement.Clone()
            : throw new HttpRequestException(
                document.RootElement.TryGetProperty("detail", out var detail) ? detail.ToString() : $"{(int)answer.StatusCode}", null,
                answer.StatusCode);
    }
}
