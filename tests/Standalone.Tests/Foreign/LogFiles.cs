using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>What an auditor saves of a service's answers, each in a file.</summary>
/// <param name="service">The service.</param>
/// <param name="partition">The path of the partition whose ledger it is; null: one ledger has the whole tree.</param>
internal sealed class LogFiles(InProcessService service, string? partition = null) : IDisposable
{
    private readonly TestFolder _folder = new();
    private int _count;

    /// <summary>The public keys, as the service has them.</summary>
    internal async Task<string> SaveKeysAsync() => Save(await service.Client.GetStringAsync("/api/ledger/key"));

    /// <summary>The newest checkpoint, or the first that covers a row.</summary>
    internal Task<string> SaveCheckpointAsync(long? covering = null) =>
        SaveAsync($"/api/ledger/checkpoint{(covering is null ? "?" : $"?covering={covering}&")}{Partition}");

    /// <summary>The newest checkpoint as a note.</summary>
    internal async Task<string> SaveNoteAsync() =>
        Save(await service.Client.GetStringAsync(partition is null ? "/checkpoint" : $"/log/{partition}/checkpoint"));

    internal Task<string> SaveRowAsync(long sequence) => SaveAsync($"/api/submissions/{sequence}?{Partition}");

    internal Task<string> SaveInclusionAsync(long sequence, string checkpoint) =>
        SaveAsync($"/api/ledger/inclusion?sequence={sequence}&treeSize={SizeOf(checkpoint)}&{Partition}");

    internal Task<string> SaveConsistencyAsync(string older, string newer) =>
        SaveAsync($"/api/ledger/consistency?first={SizeOf(older)}&second={SizeOf(newer)}&{Partition}");

    internal string Save(string text)
    {
        var file = _folder.In($"{++_count}");
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>A copy of a file of JSON that differs.</summary>
    internal string Alter(string file, Action<JsonNode> alter)
    {
        var node = JsonNode.Parse(File.ReadAllText(file))!;
        alter(node);
        return Save(node.ToJsonString());
    }

    /// <summary>The number of rows of a checkpoint, or of the one that a row was committed with.</summary>
    internal static long SizeOf(string file)
    {
        var node = JsonNode.Parse(File.ReadAllText(file))!;
        return (long)(node["receipt"]?["checkpoint"] ?? node)["treeSize"]!;
    }

    public void Dispose() => _folder.Dispose();

    private string Partition => partition is null ? "" : $"partition={partition}";

    private async Task<string> SaveAsync(string path) => Save((await service.GetAsync(path.TrimEnd('&', '?'))).ToJsonString());
}
