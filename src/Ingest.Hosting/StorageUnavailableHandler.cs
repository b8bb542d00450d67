using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>
/// Answers 503 with reason and remedy if a storage fault prevents the response; other failures are a 500. The service probes its
/// databases itself and logs a fault once.
/// </summary>
internal sealed class StorageUnavailableHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (DetailFor(exception) is not { } words)
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = RetryDelay.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Detail = words },
        });
    }

    // The response does not name the database; the service's health does.
    private static string? DetailFor(Exception exception) =>
        exception is DatabaseTimeoutException
            ? "数据库没有及时答复。请系统管理员检查数据库服务器或磁盘是否停顿（见 /health/ready），稍后再试。 / The database has not answered in time. Whoever runs the system "
                + "looks whether its server or disk hangs (/health/ready); ask again later."
        : StorageFault.FromException(exception, "（见 /health/ready）") is { } zh
        && StorageFault.FromException(exception, "(see /health/ready)") is { } en
            ? $"{zh.ReasonZh}{zh.RemedyZh} / {en.ReasonEn} {en.RemedyEn}"
        : null;
}
