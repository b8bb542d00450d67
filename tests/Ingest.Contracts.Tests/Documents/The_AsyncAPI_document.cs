using YamlDotNet.RepresentationModel;

namespace XilinIngest.Contracts.Tests.Documents;

public sealed class The_AsyncAPI_document
{
    private static readonly YamlMappingNode Root = Load();

    [Fact]
    public void Names_the_exchanges_of_the_contracts() => Assert.Equal(
        typeof(Exchanges).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(),
        Bindings("exchange").Select(exchange => Text(exchange, "name")).Order());

    [Fact]
    public void Says_topic_of_every_exchange_but_the_one_for_dead_letters() => Assert.All(
        Bindings("exchange"),
        exchange => Assert.Equal(Text(exchange, "name") == Exchanges.DeadLetter ? "fanout" : "topic", Text(exchange, "type")));

    [Fact]
    public void Names_the_queues_of_offices_and_staff()
    {
        var queues = Bindings("queue").Select(queue => Text(queue, "name")).ToList();
        Assert.Contains(Queues.DeadLetters, queues);
        Assert.Contains(Queues.ReceiptsOf("{user}"), queues);
    }

    [Fact]
    public void Has_every_message_that_is_on_the_wire() => Assert.Equal(
        SampleMessages.All.Values.Select(sample => sample.GetType().Name).Order(),
        Map(Map(Root, "components"), "messages").Select(Key).Order());

    [Fact]
    public void Refers_to_the_schema_of_the_contract_that_a_message_is()
    {
        foreach (var message in Map(Map(Root, "components"), "messages"))
        {
            var name = Key(message);
            Assert.Equal($"./{SchemaFiles.FileOf(name)}#/$defs/{name}", Text(Map((YamlMappingNode)message.Value, "payload"), "$ref"));
            if (((YamlMappingNode)message.Value).Children.TryGetValue("bindings", out var bindings))
            {
                Assert.Equal(name, Text(Map((YamlMappingNode)bindings, "amqp"), "messageType"));
            }
        }
    }

    [Fact]
    public void Refers_to_nothing_that_is_not_there()
    {
        var references =
            Root.AllNodes.OfType<YamlMappingNode>()
            .Where(node => node.Children.ContainsKey("$ref")).Select(node => Text(node, "$ref")).ToList();
        Assert.NotEmpty(references);
        foreach (var reference in references.Where(reference => reference.StartsWith('#')))
        {
            var at = Root;
            foreach (var step in reference[2..].Split('/'))
            {
                Assert.True(at.Children.ContainsKey(step), reference);
                at = (YamlMappingNode)at.Children[step];
            }
        }
    }

    [Fact]
    public void Uses_every_message_and_every_channel_with_messages()
    {
        var text = File.ReadAllText(Path.Combine(SchemaFiles.Folder, "asyncapi.yaml"));
        Assert.All(Map(Map(Root, "components"), "messages"),
            message => Assert.Contains($"'#/components/messages/{Key(message)}'", text, StringComparison.Ordinal));
    }

    private static IEnumerable<YamlMappingNode> Bindings(string kind) => Map(Root, "channels")
        .Select(channel => Map(Map((YamlMappingNode)channel.Value, "bindings"), "amqp"))
        .Where(binding => binding.Children.ContainsKey(kind))
        .Select(binding => Map(binding, kind));

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node.Children[key];

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node.Children[key]).Value!;

    private static string Key(KeyValuePair<YamlNode, YamlNode> pair) => ((YamlScalarNode)pair.Key).Value!;

    private static YamlMappingNode Load()
    {
        using var reader = File.OpenText(Path.Combine(SchemaFiles.Folder, "asyncapi.yaml"));
        var stream = new YamlStream();
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
