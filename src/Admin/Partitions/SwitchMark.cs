using System.Text.Json;

namespace XilinIngest.Admin.Partitions;

/// <summary>Says that all new ledgers are complete, and what is to be renamed.</summary>
/// <param name="Kept">The folder that the former files go to.</param>
/// <param name="Former">The files that are no longer used.</param>
/// <param name="Partitions">The paths that the new ledgers were made for.</param>
internal sealed record SwitchMark(string Kept, IReadOnlyList<string> Former, IReadOnlyList<string> Partitions)
{
    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string path)
    {
        var draft = $"{path}.new";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, this);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <returns>Null: it is damaged.</returns>
    public static SwitchMark? Read(string path)
    {
        try
        {
            var mark = JsonSerializer.Deserialize<SwitchMark>(File.ReadAllBytes(path));
            return mark is { Kept: not null, Former: not null, Partitions: not null } ? mark : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
