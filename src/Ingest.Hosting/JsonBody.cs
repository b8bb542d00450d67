using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace XilinIngest.Hosting;

/// <summary>Reads the small JSON body of a request, and words what is wrong with one.</summary>
public static class JsonBody
{
    private const int MaxBytes = 16 * 1024;
    private static readonly JsonSerializerOptions Options = new(ApiJson.Options)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads the body and answers by it; a faulty one is answered with the fault.</summary>
    public static Task<IResult> ReadAsync<T>(
        HttpRequest request, Func<T, IResult> answer, CancellationToken cancellationToken, int maxBytes = MaxBytes)
        where T : class => ReadAsync<T>(request, body => Task.FromResult(answer(body)), cancellationToken, maxBytes);

    /// <inheritdoc cref="ReadAsync{T}(HttpRequest, Func{T, IResult}, CancellationToken, int)"/>
    public static async Task<IResult> ReadAsync<T>(
        HttpRequest request, Func<T, Task<IResult>> answer, CancellationToken cancellationToken, int maxBytes = MaxBytes)
        where T : class
    {
        if (request.ContentType is null)
        {
            // A web page of another origin can send a body without a type and without a preflight request.
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var buffer = new byte[maxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > maxBytes)
        {
            return Results.Problem(
                $"正文超过 {maxBytes} 字节。 / The body is larger than {maxBytes} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        T? body;
        try
        {
            body = JsonSerializer.Deserialize<T>(buffer.AsSpan(0, length), Options);
        }
        catch (JsonException exception)
        {
            return BadRequest($"正文无法读取：{exception.Message}", $"The body cannot be read: {exception.Message}");
        }

        return body is null ? BadRequest("正文为空。", "The body is null.") : await answer(body);
    }

    public static IResult BadRequest(string zh, string en) => Problem(StatusCodes.Status400BadRequest, "请求有误 / Bad request", zh, en);

    public static IResult NotFound(string zh, string en) => Problem(StatusCodes.Status404NotFound, "未找到 / Not found", zh, en);

    /// <summary>409: things are not as the request expects.</summary>
    public static IResult Conflict(string zh, string en) => Problem(StatusCodes.Status409Conflict, "与现状不符 / Conflict", zh, en);

    /// <summary>503: another process, or this one later, can answer.</summary>
    public static IResult Unavailable(string zh, string en) =>
        Results.Problem($"{zh} / {en}", statusCode: StatusCodes.Status503ServiceUnavailable);

    /// <summary>Whether a text can be kept: one line, without invisible characters, not longer than it may be.</summary>
    public static bool IsLine(string text, int least, int most) =>
        text.Length >= least && text.Length <= most && text == text.Trim() && !text.EnumerateRunes().Any(IsInvisible);

    /// <summary>Whether a text of several lines can be kept: each as <see cref="IsLine"/>, together not longer than they may be.</summary>
    public static bool IsText(string text, int most) => text.Length <= most && text.Split('\n').All(line => IsLine(line, 1, most));

    // Half of a surrogate pair is enumerated as the replacement character.
    private static bool IsInvisible(Rune rune) => rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static IResult Problem(int status, string title, string zh, string en) =>
        Results.Problem($"{zh} / {en}", statusCode: status, title: title);
}
