using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>
/// A question that the database does not let us answer: 503 with reason and remedy, where another failure is a 500. The service itself
/// looks at its databases and logs what is wrong with them, once.
/// </summary>
internal sealed class StorageAway(IProblemDetailsService problems) : IExceptionHandler
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // Which of its databases, the service's health says; a reader need not know where it is.
        if (StorageFault.Of(exception, "(见 /health/ready)") is not { } zh || StorageFault.Of(exception, "(see /health/ready)") is not { } en)
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = Again.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Detail = $"{zh.ReasonZh}{zh.RemedyZh} / {en.ReasonEn} {en.RemedyEn}" },
        });
    }
}
