using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Contracts;

namespace XilinIngest.Wire.Tests.Services;

/// <summary>Users and what they may do, as a production broker has them: a user per office and per service.</summary>
internal static class Definitions
{
    internal const string Password = "secret";
    internal const string Worker = "worker";
    internal const string Aggregator = "aggregator";

    internal static string For(IEnumerable<string> offices)
    {
        var all = offices.ToList();
        return new JsonObject
        {
            ["users"] = new JsonArray([.. all.Append(Worker).Append(Aggregator).Select(User)]),
            ["permissions"] = new JsonArray(
            [
                Permission(Worker, "xilin\\.(intake|worker\\..*|replay|accepted|receipts|dead|parked)", "(xilin\\.(intake|worker\\..*|replay|accepted|receipts|dead|parked)|amq\\.default)", "xilin\\.(intake|worker\\..*|replay|dead)"),
                Permission(Aggregator, "xilin\\.(accepted|aggregator|replay|results|dead|parked)", "xilin\\.(accepted|aggregator|replay|results|dead|parked)", "xilin\\.(accepted|aggregator|dead)"),
                .. all.Select(office => Permission(office, "", "xilin\\.intake", $"xilin\\.receipts\\.{office}")),
            ]),
            ["exchanges"] = new JsonArray(new[] { Exchanges.Intake, Exchanges.Receipts, Exchanges.Results }.Select(name => Part(new() { ["name"] = name, ["type"] = "topic", ["durable"] = true, ["auto_delete"] = false, ["internal"] = false })).ToArray()),
            ["queues"] = new JsonArray([.. all.Select(office => Part(new() { ["name"] = Queues.ReceiptsOf(office), ["durable"] = true, ["auto_delete"] = false }, new() { ["x-queue-type"] = "quorum" }))]),
            ["bindings"] = new JsonArray([.. all.Select(office => Part(new() { ["source"] = Exchanges.Receipts, ["destination"] = Queues.ReceiptsOf(office), ["destination_type"] = "queue", ["routing_key"] = office }))]),
        }.ToJsonString();
    }

    private static JsonObject User(string name)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return new() { ["name"] = name, ["password_hash"] = Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Password)])]), ["tags"] = "" };
    }

    private static JsonObject Permission(string user, string configure, string write, string read) => new()
    {
        ["user"] = user, ["vhost"] = "/", ["configure"] = $"^{configure}$", ["write"] = $"^{write}$", ["read"] = $"^{read}$",
    };

    private static JsonObject Part(JsonObject part, JsonObject? arguments = null)
    {
        part["vhost"] = "/";
        part["arguments"] = arguments ?? [];
        return part;
    }
}
