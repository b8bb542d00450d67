using System.Globalization;
using Microsoft.AspNetCore.Http;
using XilinIngest.Hosting.Access;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Worker.Intake;

/// <summary>Reads the body of a request within its limits; all routes that take submissions share it.</summary>
internal static class SubmissionBodyReader
{
    private const int MaxBodyBytes = SubmissionIntake.MaxBodyBytes;

    /// <summary>
    /// Reads the body and passes it on. A faulty body, or a refusal of the whole request by the intake, becomes a problem response.
    /// </summary>
    public static async Task<IResult> ReadAsync(
        HttpRequest request, Func<byte[], Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } coding
            && !coding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.AcceptEncoding = "identity";
            return TypedResults.Problem(
                "正文是压缩过的，本服务不解压。请不加 Content-Encoding，直接发送 JSON。 / The body is compressed, which is not taken. Send the JSON as it is, "
                + "without Content-Encoding.",
                statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentType is null)
        {
            // A web page of another origin can send a body without a type and without a preflight request.
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        if (await ReadBody(request, cancellationToken) is not { } body)
        {
            return TypedResults.Problem(
                $"正文超过 {MaxBodyBytes} 字节。请分几次报送。 / The body is larger than {MaxBodyBytes} bytes. Send it in several parts.",
                statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return await answer(body);
        }
        catch (QuotaExceededException exception)
        {
            request.HttpContext.Response.Headers.RetryAfter =
                ((int)Math.Ceiling(exception.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(exception.Told, statusCode: StatusCodes.Status429TooManyRequests);
        }
        catch (SenderNotAuthorisedException exception)
        {
            return exception.MissingRight is { } right ? AccessDenials.MissingRight(right) : AccessDenials.ForeignUnit(exception.Units);
        }
        catch (UnreadableBodyException exception)
        {
            return TypedResults.Problem($"{exception.MessageZh} / {exception.Message}", statusCode: StatusCodes.Status400BadRequest,
                title: "报表无法读取 / Unreadable submission");
        }
    }

    // Null: too large. Read in parts, so that a body without a declared length is limited too.
    private static async Task<byte[]?> ReadBody(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBodyBytes)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxBodyBytes)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
