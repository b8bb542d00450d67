using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Admin.Broker;

/// <summary>
/// RabbitMQ's definitions file. The broker imports it at every start: it creates or updates the objects in the file and deletes no other.
/// </summary>
internal static class BrokerDefinitions
{
    private static readonly JsonSerializerOptions IndentedJson =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <param name="topology">Exchanges, queues and bindings.</param>
    /// <param name="users">The users; empty if the file must not hold a secret.</param>
    /// <param name="passwords">The passwords by user.</param>
    public static string Write(BrokerTopology topology, IReadOnlyList<BrokerUser> users, IReadOnlyDictionary<string, string> passwords) =>
        new JsonObject
        {
            ["vhosts"] = ToJsonArray([new JsonObject { ["name"] = BrokerTopology.VirtualHost }]),
            ["users"] = ToJsonArray(users.Select(user => UserJson(user, passwords[user.Name]))),
            ["permissions"] = ToJsonArray(users.Select(user => InVirtualHost(new()
            {
                ["user"] = user.Name,
                ["configure"] = user.Configure,
                ["write"] = user.Write,
                ["read"] = user.Read,
            }))),
            ["topic_permissions"] = ToJsonArray(users.SelectMany(user => user.Topics, (user, topic) => InVirtualHost(new()
            {
                ["user"] = user.Name,
                ["exchange"] = topic.Exchange,
                ["write"] = topic.Write,
                ["read"] = "^$",
            }))),
            ["policies"] = ToJsonArray(BrokerLimits.Policies.Select(policy => InVirtualHost(new()
            {
                ["name"] = policy.Name,
                ["pattern"] = policy.Pattern,
                ["apply-to"] = "queues",
                ["priority"] = 1,
                ["definition"] = ToJsonObject(policy.Definition),
            }))),
            ["exchanges"] = ToJsonArray(topology.Exchanges.Select(exchange => InVirtualHost(new()
            {
                ["name"] = exchange.Name,
                ["type"] = exchange.Type,
                ["durable"] = true,
                ["auto_delete"] = false,
                ["internal"] = false,
                ["arguments"] = new JsonObject(),
            }))),
            ["queues"] = ToJsonArray(topology.Queues.Select(queue => InVirtualHost(new()
            {
                ["name"] = queue.Name,
                ["durable"] = true,
                ["auto_delete"] = false,
                ["arguments"] = ToJsonObject(queue.Arguments),
            }))),
            ["bindings"] = ToJsonArray(topology.Bindings.Select(binding => InVirtualHost(new()
            {
                ["source"] = binding.Exchange,
                ["destination"] = binding.Queue,
                ["destination_type"] = "queue",
                ["routing_key"] = binding.RoutingKey,
                ["arguments"] = new JsonObject(),
            }))),
        }.ToJsonString(IndentedJson) + "\n";

    private static JsonObject UserJson(BrokerUser user, string password) => new()
    {
        ["name"] = user.Name,
        ["password_hash"] = PasswordHash.Compute(password),
        ["hashing_algorithm"] = PasswordHash.Algorithm,
        ["tags"] = user.Tags,
        ["limits"] = user.IsOffice
            ? new JsonObject { ["max-connections"] = BrokerLimits.ConnectionsPerOffice, ["max-channels"] = BrokerLimits.ChannelsPerOffice }
            : new JsonObject(),
    };

    private static JsonObject InVirtualHost(JsonObject what)
    {
        what["vhost"] = BrokerTopology.VirtualHost;
        return what;
    }

    private static JsonArray ToJsonArray(IEnumerable<JsonObject> items) => [.. items];

    private static JsonObject ToJsonObject(IReadOnlyDictionary<string, object> values) =>
        new(values.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, JsonSerializer.SerializeToNode(pair.Value))));
}
