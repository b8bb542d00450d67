using Microsoft.Extensions.Diagnostics.HealthChecks;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>
/// The queues of this process on the broker: how many messages wait and how many processes read them. Degraded while there are parked
/// messages, which someone has to look at. Whether the broker can be reached is the check of the bus.
/// </summary>
internal sealed class QueueHealth(QueueMonitor monitor) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Describe(monitor.Newest));

    /// <param name="queues">The newest answer of the broker; null: it gave none.</param>
    internal static HealthCheckResult Describe(IReadOnlyList<QueueFigures>? queues)
    {
        if (queues is null)
        {
            return HealthCheckResult.Healthy(
                "队列情况尚未得知，每半分钟询问一次消息服务器。 / The queues are not known yet; the broker is asked every half minute.");
        }

        var figures = queues.SelectMany(queue => new (string Key, object Value)[]
        {
            ($"messages:{queue.Name}", queue.Messages), ($"consumers:{queue.Name}", queue.Consumers),
        }).ToDictionary(figure => figure.Key, figure => figure.Value);
        return queues.FirstOrDefault(queue => queue.Name == Queues.DeadLetters) is { Messages: > 0 and var parked }
            ? HealthCheckResult.Degraded(
                $"有 {parked} 条消息无法处理，停放在 {Queues.DeadLetters}。请用 xilin parked list 查看，更正后重发或删除。 / {parked} messages "
                + $"could not be handled and are parked in {Queues.DeadLetters}. Look at them with xilin parked list; send them again or "
                + "remove them.",
                data: figures)
            : HealthCheckResult.Healthy(data: figures);
    }
}

/// <summary>Says that there are no queues on a broker: messages go from part to part inside the process.</summary>
internal sealed class InMemoryQueueHealth : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(
            "消息在本进程内传递，不经消息服务器：没有积压的队列，也没有停放的消息；进程重启时由台账补齐。 / Messages are passed inside this process, without a broker: no queue "
            + "can fill up, and none is parked; after a restart the ledger gives what was lost."));
}
