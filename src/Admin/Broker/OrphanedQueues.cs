using System.Text.Json;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Broker;

/// <summary>
/// Finds intake queues that no worker reads any more. An import does not delete them: each remains bound and fills with copies of new
/// submissions. A full one causes every submission to be refused, including those that another queue could take.
/// </summary>
internal static class OrphanedQueues
{
    /// <summary>The queues of the replaced definitions, and the queue of the whole tree, that the new topology lacks.</summary>
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
            // The file is damaged or has another origin. It names no intake queue and is replaced.
            return [];
        }
    }
}
