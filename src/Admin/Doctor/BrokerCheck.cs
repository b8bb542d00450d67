using XilinIngest.Admin.Broker;
using XilinIngest.Admin.Installations;
using XilinIngest.Aggregator;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Notifier;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Doctor;

/// <summary>Checks over AMQP that the broker accepts the user, and has the queues that its service reads, as it declares them.</summary>
internal static class BrokerCheck
{
    private const string ImportZh = "请用 xilin-admin broker 重新生成定义文件，并导入消息服务器（deploy/rabbitmq/README.md）。";
    private const string ImportEn = "Make the definitions again with xilin-admin broker, and import them (deploy/rabbitmq/README.md).";

    public static async Task<IReadOnlyList<CheckFinding>> RunAsync(Installation installation, CancellationToken cancellationToken)
    {
        if (installation.Broker is not { } broker)
        {
            return [CheckFinding.NotChecked("设置中没有消息服务器（单进程服务不用）。", "The settings name no broker; the one process needs none.")];
        }

        if (await broker.FindConnectionErrorAsync(cancellationToken) is { } refusal)
        {
            return [CheckFinding.Fault(
                $"{broker} 拒绝连接：{refusal}", $"{broker} refuses access: {refusal}",
                "请核对 ConnectionStrings__Bus 中的用户名、密码、虚拟主机，以及证书。",
                "Check user, password and virtual host in ConnectionStrings__Bus, and the certificate.")];
        }

        var queues = QueuesOf(installation, broker.User).FindAll(queue => !queue.IsOwn);
        if (await broker.ReadQueuesAsync(queues.Select(queue => queue.Name), cancellationToken) is not { } found)
        {
            return [CheckFinding.Fault(
                $"{broker} 没有应答。", $"{broker} does not answer.", "请检查消息服务器是否在运行（rabbitmqctl status）、网络和防火墙。",
                "Check whether the broker runs (rabbitmqctl status), the network and the firewall.")];
        }

        List<CheckFinding> findings = [.. queues.Select(queue => queue.Name).Except(found.Select(queue => queue.Name)).Select(Missing)];
        if (await broker.FindExistingQueueErrorAsync(queues, cancellationToken) is { } refused)
        {
            findings.Add(CheckFinding.Fault(
                $"{broker} 不让用户 {broker.User} 使用队列 {refused.Queue.Name}：{refused.Reason}。",
                $"{broker} does not let the user {broker.User} have the queue {refused.Queue.Name}: {refused.Reason}.",
                $"{ImportZh}队列参数不同的（406），先清空再删除该队列。",
                $"{ImportEn} A queue with other arguments (406) is to be drained and deleted first."));
        }

        if (findings.Count == 0 && queues.Count == 0)
        {
            return [CheckFinding.Fine($"{broker}：接受用户 {broker.User}。", $"{broker}: accepts the user {broker.User}.")];
        }

        return findings.Count > 0 ? findings
            : [CheckFinding.Fine(
                $"{broker}：接受用户 {broker.User}，其队列 {queues.Count} 个都在。",
                $"{broker}: accepts the user {broker.User}, and has all of its {queues.Count} queues.")];
    }

    private static CheckFinding Missing(string queue) => CheckFinding.Warning(
        $"没有队列 {queue}，发给它的消息会丢弃。", $"There is no queue {queue}; messages for it are dropped.",
        $"{ImportZh}或启动读取它的服务，由它建立。", $"{ImportEn} Or start the service that reads it, which makes it.");

    // By the user of a service; another user may have several roles, which the databases tell.
    private static List<IBusQueue> QueuesOf(Installation installation, string user)
    {
        IReadOnlyList<Partition> partitions =
            installation.CatalogueFolder is { } folder ? PartitionFile.Read(folder) : [Partition.WholeTree];
        var queues = new List<IBusQueue>();
        if (Has(ServiceUsers.Worker, StoreKind.Ledger))
        {
            queues.AddRange(WorkerRegistration.QueuesFor(installation.IntakeBinding));
        }

        if (Has(ServiceUsers.Aggregator, StoreKind.Cube))
        {
            queues.AddRange(AggregatorRegistration.QueuesOf(partitions));
        }

        if (Has(ServiceUsers.Notifier, StoreKind.Notices))
        {
            queues.AddRange(NotifierRegistration.NotifierQueues);
        }

        return queues;

        bool Has(string service, StoreKind kind) =>
            ServiceUsers.Names.Contains(user) ? user == service : installation.Of(kind).Any();
    }
}
