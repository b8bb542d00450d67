namespace XilinIngest.Deploy.Tests;

/// <summary>Merges compose files as compose does: maps by key, lists one after the other, commands and single values replaced.</summary>
internal static class ComposeMerge
{
    private static readonly string[] Replaced = ["command", "entrypoint", "test"];

    internal static Dictionary<object, object?> Merge(Dictionary<object, object?> first, Dictionary<object, object?> second)
    {
        var merged = new Dictionary<object, object?>(first);
        foreach (var (key, value) in second)
        {
            merged[key] = merged.TryGetValue(key, out var former) ? MergeValue((string)key, former, value) : value;
        }

        return merged;
    }

    private static object? MergeValue(string key, object? first, object? second) => (first, second) switch
    {
        (Dictionary<object, object?> former, Dictionary<object, object?> later) => Merge(former, later),
        _ when Replaced.Contains(key) => second,

        // Networks, of which one list has addresses.
        (List<object> former, Dictionary<object, object?> later) => Merge(former.ToDictionary(name => name, _ => (object?)null), later),
        (List<object> former, List<object> later) => new List<object>([.. former, .. later]),
        (string or null, string or null) => second,
        _ => throw new InvalidOperationException($"{key} is a {first?.GetType()} in one file and a {second?.GetType()} in the other."),
    };
}
