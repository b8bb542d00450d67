using System.Text.Json.Nodes;
using XilinIngest.Admin.Broker;

namespace XilinIngest.Admin.Doctor;

/// <summary>What the broker lacks of expected definitions, and has otherwise. What it has besides is not looked at.</summary>
internal static class DefinitionsComparison
{
    private const int MaxShown = 5;

    // By which properties an item is found, and which of the others have to be equal. Of users it is enough that they exist: the export
    // has hashes of passwords with another salt.
    private static readonly Section[] Sections =
    [
        new("exchanges", "交换机", "exchanges", ["name"], ["type", "durable"]),
        new("queues", "队列", "queues", ["name"], ["durable", "arguments"]),
        new("bindings", "绑定", "bindings", ["source", "destination", "routing_key"], []),
        new("policies", "策略", "policies", ["name"], ["pattern", "definition"]),
        new("users", "用户", "users", ["name"], []),
        new("permissions", "用户权限", "permissions of users", ["user"], ["configure", "write", "read"]),
        new("topic_permissions", "主题权限", "topic permissions", ["user", "exchange"], ["write", "read"]),
    ];

    private sealed record Section(string Name, string Zh, string En, string[] Keys, string[] Compared);

    public static IEnumerable<CheckFinding> Compare(JsonObject expected, JsonObject found) =>
        Sections.SelectMany(section => Compare(section, ItemsOf(expected, section.Name), ItemsOf(found, section.Name)));

    /// <summary>The items of a section in the virtual host of the services; users belong to none.</summary>
    public static IEnumerable<JsonObject> ItemsOf(JsonObject definitions, string section) =>
        (definitions[section] as JsonArray ?? []).OfType<JsonObject>()
            .Where(item => item["vhost"] is not { } host || (string?)host == BrokerTopology.VirtualHost);

    private static IEnumerable<CheckFinding> Compare(Section section, IEnumerable<JsonObject> expected, IEnumerable<JsonObject> found)
    {
        var byKey = found.GroupBy(item => KeyOf(section, item)).ToDictionary(group => group.Key, group => group.First());
        var (missing, different) = (new List<string>(), new List<string>());
        foreach (var item in expected)
        {
            var key = KeyOf(section, item);
            if (!byKey.TryGetValue(key, out var there))
            {
                missing.Add(key);
            }
            else if (section.Compared.Any(property => !IsEqual(item[property], there[property])))
            {
                different.Add(key);
            }
        }

        if (missing.Count > 0)
        {
            yield return Differs(section, missing, "缺少", "are missing");
        }

        if (different.Count > 0)
        {
            yield return Differs(section, different, "与应有的不同", "differ from what they should be");
        }
    }

    private static CheckFinding Differs(Section section, List<string> keys, string zh, string en)
    {
        var (some, more) = (string.Join(", ", keys.Take(MaxShown)), keys.Count > MaxShown ? ", …" : "");
        return CheckFinding.Fault(
            $"{section.Zh}{zh} {keys.Count} 项：{some}{more}", $"{keys.Count} {section.En} {en}: {some}{more}",
            "请用 xilin-admin broker 重新生成并导入；参数不同的队列，先清空再删除，由服务重新建立。",
            "Make the definitions again with xilin-admin broker, and import them; drain and delete a queue with other arguments first.");
    }

    private static string KeyOf(Section section, JsonObject item) =>
        string.Join(" → ", section.Keys.Select(key => (string?)item[key] ?? ""));

    // An empty object is exported as an empty list by some versions.
    private static bool IsEqual(JsonNode? expected, JsonNode? found) =>
        expected is JsonObject { Count: 0 } && found is null or JsonArray { Count: 0 } || JsonNode.DeepEquals(expected, found);
}
