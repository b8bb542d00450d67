using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;

namespace XilinIngest.Aggregator.Api;

/// <summary>Refuses requests that this process cannot answer now.</summary>
internal static class StandbyFilters
{
    public static async ValueTask<object?> RefuseOnStandby(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<ResultPartitions>().AreActive
            ? await next(context)
            : Unavailable("本进程为备用，暂不提供结果。请向正在运行的进程查询。", "This process stands by and has no results. Ask the one that works.");

    // A cube with a long history takes seconds to load, while the service already listens.
    public static async ValueTask<object?> RefuseWhileLoading(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            if (context.HttpContext.RequestServices.GetRequiredService<ResultPartitions>().AreLoaded)
            {
                return await next(context);
            }
        }
        catch (CubeBusyException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return Unavailable(
                "结果正在更新，迟迟没有完成，请稍候再试；原因见 /health/ready。",
                "The results are being updated, and that does not end; try again later. /health/ready says why.");
        }

        context.HttpContext.Response.Headers.RetryAfter = "1";
        return Unavailable("正在载入历史数据，请稍候再试。", "The history is being loaded; try again in a moment.");
    }

    private static IResult Unavailable(string zh, string en) =>
        Results.Problem($"{zh} / {en}", statusCode: StatusCodes.Status503ServiceUnavailable);
}
