using System.Text.Json;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Broker;

/// <summary>
/// Intake queues that no worker will read any more. An import takes none away: each stays bound, fills with copies of what comes in, and
/// once it is full refuses every submission, those that have a reader too.
/// </summary>
internal static class OrphanedQueues
{
    /// <summary>The queue of the whole tree, which any earlier broker has, and those that the definitions to be replaced name.</summary>
    /// <param name="definitionsPath">The definitions as they were; may be missing.</param>
    /// <param name="topology">As it is to be.</param>
    public static IReadOnlyList<string> FindIntakeQueues(string definitionsPath, BrokerTopology topology) =>
        [.. ReadPreviousQueues(definitionsPath).Prepend(WorkerRegistration.WholeIntakeQueue).Distinct().Except(topology.Queues.Select(queue => queue.Name))];

    private static List<string> ReadPreviousQueues(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var before = JsonDocument.Parse(File.ReadAllBytes(path));
            return before.RootElement.TryGetProperty("queues", out var queues)
                ? [.. queues.EnumerateArray().Select(queue => queue.GetProperty("name").GetString()!).Where(name => name.StartsWith($"{WorkerRegistration.WholeIntakeQueue}.", StringComparison.Ordinal))]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Not of our making, or broken: it is about to be replaced, and names no queue of ours.
            return [];
        }
    }
}
