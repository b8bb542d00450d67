using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Admin.Broker;

/// <summary>RabbitMQ's definitions file, which it imports at every start: what the file says is made or set right, nothing is taken away.</summary>
internal static class Definitions
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <param name="topology">Exchanges, queues and bindings.</param>
    /// <param name="users">Who may connect; none where the file is to hold no secret.</param>
    /// <param name="passwords">By user.</param>
    public static string Write(Topology topology, IReadOnlyList<BrokerUser> users, IReadOnlyDictionary<string, string> passwords) => new JsonObject
    {
        ["vhosts"] = Array([new JsonObject { ["name"] = Topology.VirtualHost }]),
        ["users"] = Array(users.Select(user => User(user, passwords[user.Name]))),
        ["permissions"] = Array(users.Select(user => In(new()
        {
            ["user"] = user.Name, ["configure"] = user.Configure, ["write"] = user.Write, ["read"] = user.Read,
        }))),
        ["topic_permissions"] = Array(users.SelectMany(user => user.Topics, (user, topic) => In(new()
        {
            ["user"] = user.Name, ["exchange"] = topic.Exchange, ["write"] = topic.Write, ["read"] = "^$",
        }))),
        ["policies"] = Array(Limits.Policies.Select(policy => In(new()
        {
            ["name"] = policy.Name, ["pattern"] = policy.Pattern, ["apply-to"] = "queues", ["priority"] = 1, ["definition"] = Object(policy.Definition),
        }))),
        ["exchanges"] = Array(topology.Exchanges.Select(exchange => In(new()
        {
            ["name"] = exchange.Name, ["type"] = exchange.Type, ["durable"] = true, ["auto_delete"] = false, ["internal"] = false, ["arguments"] = new JsonObject(),
        }))),
        ["queues"] = Array(topology.Queues.Select(queue => In(new()
        {
            ["name"] = queue.Name, ["durable"] = true, ["auto_delete"] = false, ["arguments"] = Object(queue.Arguments),
        }))),
        ["bindings"] = Array(topology.Bindings.Select(binding => In(new()
        {
            ["source"] = binding.Exchange, ["destination"] = binding.Queue, ["destination_type"] = "queue", ["routing_key"] = binding.RoutingKey, ["arguments"] = new JsonObject(),
        }))),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject User(BrokerUser user, string password) => new()
    {
        ["name"] = user.Name,
        ["password_hash"] = PasswordHash.Of(password),
        ["hashing_algorithm"] = PasswordHash.Algorithm,
        ["tags"] = user.Tags,
        ["limits"] = user.IsOffice
            ? new JsonObject { ["max-connections"] = Limits.ConnectionsOfAnOffice, ["max-channels"] = Limits.ChannelsOfAnOffice }
            : new JsonObject(),
    };

    private static JsonObject In(JsonObject what)
    {
        what["vhost"] = Topology.VirtualHost;
        return what;
    }

    private static JsonArray Array(IEnumerable<JsonObject> items) => [.. items];

    private static JsonObject Object(IReadOnlyDictionary<string, object> values) =>
        new(values.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, JsonSerializer.SerializeToNode(pair.Value))));
}
