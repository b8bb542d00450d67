using System.Text.Json;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Broker;

/// <summary>
/// Finds intake queues that no worker reads any more. An import deletes none: each stays bound, fills with copies of new submissions, and
/// once full causes every submission to be refused, also those with a reader.
/// </summary>
internal static class OrphanedQueues
{
    /// <summary>The queue of the whole tree, and those that the replaced definitions name.</summary>
    /// <param name="definitionsPath">The replaced definitions; the file may be missing.</param>
    /// <param name="topology">The new topology.</param>
    public static IReadOnlyList<string> FindIntakeQueues(string definitionsPath, BrokerTopology topology) =>
        [.. ReadPreviousQueues(definitionsPath)
            .Prepend(WorkerRegistration.WholeIntakeQueue).Distinct().Except(topology.Queues.Select(queue => queue.Name))];

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
                ? [.. queues.EnumerateArray()
                    .Select(queue => queue.GetProperty("name").GetString()!)
                    .Where(name => name.StartsWith($"{WorkerRegistration.WholeIntakeQueue}.", StringComparison.Ordinal))]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // A file of another origin, or a damaged one, is replaced; it names no intake queue.
            return [];
        }
    }
}
