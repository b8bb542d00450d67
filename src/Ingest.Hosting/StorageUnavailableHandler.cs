using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>
/// A question that the database does not let us answer: 503 with reason and remedy, where another failure is a 500. The service itself
/// looks at its databases and logs what is wrong with them, once.
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

    // Which of its databases, the service's health says; a reader need not know where it is.
    private static string? DetailFor(Exception exception) =>
        exception is DatabaseTimeoutException
            ? "数据库没有及时答复。请系统管理员检查数据库服务器或磁盘是否停顿(见 /health/ready),稍后再试。 / The database has not answered in time. Whoever runs the system looks whether its server or disk hangs (/health/ready); ask again later."
        : StorageFault.FromException(exception, "(见 /health/ready)") is { } zh && StorageFault.FromException(exception, "(see /health/ready)") is { } en
            ? $"{zh.ReasonZh}{zh.RemedyZh} / {en.ReasonEn} {en.RemedyEn}"
        : null;
}
