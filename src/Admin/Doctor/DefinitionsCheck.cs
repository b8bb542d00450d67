using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Admin.Broker;
using XilinIngest.Admin.Installations;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// Compares what the broker has, by its own export, with what <c>xilin-admin broker</c> makes for the catalogue. An export holds hashes of
/// passwords, which are neither compared nor printed.
/// </summary>
internal static class DefinitionsCheck
{
    private const string StandardInput = "-";

    public static async Task<IReadOnlyList<CheckFinding>> RunAsync(
        Installation installation, string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return [CheckFinding.NotChecked(
                "未核对绑定、策略和权限：请用 --definitions 给出 rabbitmqctl export_definitions 的输出。",
                "Bindings, policies and rights were not compared: give the output of rabbitmqctl export_definitions with --definitions.")];
        }

        if (installation.CatalogueFolder is not { } folder || CatalogueReader.Read(folder).Catalogue is not { } catalogue)
        {
            return [CheckFinding.NotChecked("目录无法读取，未核对。", "Without a catalogue there is nothing to compare with.")];
        }

        var text = file == StandardInput
            ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
        try
        {
            return JsonNode.Parse(text) is JsonObject found ? Find(found, catalogue, installation.IntakeBinding) : [Unreadable(file)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [Unreadable(file)];
        }
    }

    /// <summary>The differences between an export and the definitions of a catalogue.</summary>
    /// <param name="found">The export.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="binding">The part of the tree that the worker of the settings takes.</param>
    internal static IReadOnlyList<CheckFinding> Find(JsonObject found, Catalogue catalogue, string binding)
    {
        var users = NamesIn(found, "users");
        List<string> intakes = [.. NamesIn(found, "queues").Select(IntakeOf).OfType<string>().Append(binding).Distinct()];
        if (intakes.Count > 1)
        {
            intakes.Remove("#");
        }

        // The command makes users for chosen levels and services; those that have one tell which.
        var offices = BrokerOffice.FromUnits(
            catalogue.Units, catalogue.Units.All.Where(unit => users.Contains(unit.Code.Value)).Select(unit => unit.Level).ToHashSet());
        var topology = BrokerTopology.Create(offices, intakes, catalogue.Partitions.All);
        List<BrokerUser> wanted = [.. offices.Select(BrokerUser.ForOffice),
            .. ServiceUsers.Create(intakes, catalogue.Partitions.All).Where(user => users.Contains(user.Name))];
        var expected = JsonNode.Parse(BrokerDefinitions.Write(
            topology, wanted, wanted.ToDictionary(user => user.Name, _ => "")))!.AsObject();
        List<CheckFinding> findings = [.. DefinitionsComparison.Compare(expected, found), .. FindOrphans(found, topology)];
        return findings.Count > 0 ? findings
            : [CheckFinding.Fine(
                $"与目录相符：队列 {topology.Queues.Count} 个，用户 {wanted.Count} 个。",
                $"As the catalogue wants them: {topology.Queues.Count} queues, {wanted.Count} users.")];
    }

    private static IEnumerable<CheckFinding> FindOrphans(JsonObject found, BrokerTopology topology) =>
        NamesIn(found, "queues").Where(queue => IntakeOf(queue) is not null).Except(topology.Queues.Select(queue => queue.Name))
            .Select(queue => CheckFinding.Warning(
                $"报送队列 {queue} 不再有人处理，满后会拒绝全部单位的报送。",
                $"The intake queue {queue} has no worker any more; once full, it refuses the submissions of all offices.",
                "处理其中的报表后删除（步骤见 deploy/rabbitmq/README.md）。",
                "Delete it when what is in it has been handled (deploy/rabbitmq/README.md says how)."));

    // The binding of the workers that read an intake queue; null: it is none.
    private static string? IntakeOf(string queue) => queue == WorkerRegistration.WholeIntakeQueue ? "#"
        : queue.StartsWith($"{WorkerRegistration.WholeIntakeQueue}.", StringComparison.Ordinal)
            ? $"{queue[(WorkerRegistration.WholeIntakeQueue.Length + 1)..]}.#" : null;

    private static HashSet<string> NamesIn(JsonObject definitions, string section) =>
        [.. DefinitionsComparison.ItemsOf(definitions, section).Select(item => (string?)item["name"]).OfType<string>()];

    private static CheckFinding Unreadable(string file) => CheckFinding.Fault(
        $"{file} 不是 rabbitmqctl export_definitions 的输出。", $"{file} is not what rabbitmqctl export_definitions writes.",
        "请在消息服务器上执行 rabbitmqctl export_definitions 文件名，并用 --definitions 指定该文件。",
        "Run rabbitmqctl export_definitions FILE on the broker, and name that file with --definitions.");
}
