using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using XilinIngest.Tests;
using XilinIngest.Wire.Tests.Services;

namespace XilinIngest.Admin.Tests.Clients;

/// <summary>As an office runs them: on the real broker, against a real worker, with the office's own password.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class The_samples_for_clients(BrokerWithAWorker broker) : IClassFixture<BrokerWithAWorker>
{
    private const string Village = "320404004201";
    private const string Path = "32.04.04.004.201";
    private const string Neighbour = "320404004202";

    [Fact]
    public async Task In_Node_submit_once_however_often_they_run_with_TLS_and_without_and_say_why_they_are_refused()
    {
        var folder = broker.CopyOf("node");
        (await Repository.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], folder)).Succeeded();
        await SubmitsAsync("node", [System.IO.Path.Combine(folder, "submit.js")], "2022-05");
    }

    [Fact]
    public Task In_Python_submit_once_however_often_they_run_with_TLS_and_without_and_say_why_they_are_refused() =>
        SubmitsAsync("/usr/bin/python3", [System.IO.Path.Combine(broker.CopyOf("python"), "submit.py")], "2022-06");

    [Fact]
    public async Task Of_amqp_tools_read_the_receipts_of_their_office()
    {
        const string office = "320404004203";
        await using var connection = await broker.Broker.ConnectAsync(office);
        await using (var channel = await connection.CreateChannelAsync(Offices.An_office_on_the_broker.Confirmed))
        {
            var submission = System.Text.Encoding.UTF8.GetBytes(Sheet.Visits(office, 3, "2022-04").ToJsonString());
            await channel.BasicPublishAsync("xilin.intake", "32.04.04.004.203", mandatory: true, new RabbitMQ.Client.BasicProperties { UserId = office }, submission);
        }

        var said = (await Repository.RunAsync("sh", [System.IO.Path.Combine(broker.CopyOf("amqp-tools"), "receipts.sh"), "1"], Repository.Root, broker.As(office, ""))).Succeeded();
        var receipt = JsonNode.Parse(said.Output)!;
        Assert.Equal((office, "accepted"), ((string?)receipt["unit"], (string?)receipt["verdict"]));
    }

    /// <summary>amqp-publish can set no user_id, so no one knows who sent it.</summary>
    [Fact]
    public async Task Of_amqp_tools_reach_the_broker_and_are_refused_for_want_of_a_sender()
    {
        const string firm = "91320404MA0000003T";
        var submission = broker.Save(Sheet.Output(firm, 3, "2022-04"));
        var script = System.IO.Path.Combine(broker.CopyOf("amqp-tools"), "submit.sh");
        (await Repository.RunAsync("sh", [script, submission], Repository.Root, broker.As(firm, $"{Path}.{firm}"))).Succeeded();
        await Eventually.IsTrueAsync(() => Task.FromResult(broker.Worker.Said.Contains($"An unnamed sender may not submit for {firm}", StringComparison.Ordinal)), () => broker.Worker.Said);

        var refused = await Repository.RunAsync("sh", [script, submission], Repository.Root, broker.As(firm, $"{Path}.{firm}", "wrong"));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("ACCESS_REFUSED", refused.Errors, StringComparison.Ordinal);
    }

    private async Task SubmitsAsync(string program, string[] sample, string period)
    {
        var good = broker.Save(Sheet.Visits(Village, 12, period));
        var first = (await RunAsync(good)).Succeeded();
        Assert.Contains($"accepted {Village} {period}", first.Output, StringComparison.Ordinal);

        // The same receipt, row and all.
        Assert.Equal(first.Output, (await RunAsync(good)).Succeeded().Output);

        Assert.Equal(first.Output, (await Repository.RunAsync(program, [.. sample, good], Repository.Root, broker.EncryptedAs(Village, Path))).Succeeded().Output);

        var neighbours = await RunAsync(broker.Save(Sheet.Visits(Neighbour, 12, period)));
        Assert.Equal(2, neighbours.ExitCode);
        Assert.Contains("[error] F502", neighbours.Output, StringComparison.Ordinal);

        var elsewhere = await Repository.RunAsync(program, [.. sample, good], Repository.Root, broker.As(Village, "32.04.04.004.202"));
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains("ACCESS_REFUSED", elsewhere.Errors, StringComparison.Ordinal);

        var stranger = await Repository.RunAsync(program, [.. sample, good], Repository.Root, broker.As(Village, Path, "wrong"));
        Assert.Equal(1, stranger.ExitCode);

        Task<Said> RunAsync(string file) => Repository.RunAsync(program, [.. sample, file], Repository.Root, broker.As(Village, Path));
    }
}
