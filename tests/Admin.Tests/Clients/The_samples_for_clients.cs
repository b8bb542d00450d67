using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace XilinIngest.Admin.Tests.Clients;

/// <summary>As an office runs them: on the real broker, against a real worker, with the office's own password.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class The_samples_for_clients(BrokerWithWorker broker) : IClassFixture<BrokerWithWorker>
{
    private const string Village = "320404004201";
    private const string Path = "32.04.04.004.201";
    private const string Neighbour = "320404004202";

    [Fact]
    public async Task In_Node_submit_once_however_often_they_run_with_TLS_and_without_and_say_why_they_are_refused()
    {
        var folder = broker.CopyOf("node");
        (await AdminProgram.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], folder)).AssertSucceeded();
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
            var submission = System.Text.Encoding.UTF8.GetBytes(XilinSubmissions.Visits(office, 3, "2022-04").ToJsonString());
            await channel.BasicPublishAsync("xilin.intake", "32.04.04.004.203", mandatory: true,
                new RabbitMQ.Client.BasicProperties { UserId = office }, submission);
        }

        var said = (await AdminProgram.RunAsync("sh", [System.IO.Path.Combine(broker.CopyOf("amqp-tools"), "receipts.sh"), "1"],
            AdminProgram.Root, broker.EnvironmentFor(office, ""))).AssertSucceeded();
        var receipt = JsonNode.Parse(said.Output)!;
        Assert.Equal((office, "accepted"), ((string?)receipt["unit"], (string?)receipt["verdict"]));
    }

    /// <summary>amqp-publish can set no user_id, so no one knows who sent it.</summary>
    [Fact]
    public async Task Of_amqp_tools_reach_the_broker_and_are_refused_for_want_of_a_sender()
    {
        const string firm = "91320404MA0000003T";
        var submission = broker.Save(XilinSubmissions.Output(firm, 3, "2022-04"));
        var script = System.IO.Path.Combine(broker.CopyOf("amqp-tools"), "submit.sh");
        (await AdminProgram.RunAsync("sh", [script, submission], AdminProgram.Root,
            broker.EnvironmentFor(firm, $"{Path}.{firm}"))).AssertSucceeded();
        await Eventually.IsTrueAsync(
            () => Task.FromResult(broker.Worker.Output.Contains($"An unnamed sender may not submit for {firm}", StringComparison.Ordinal)),
            () => broker.Worker.Output);

        var refused = await AdminProgram.RunAsync("sh", [script, submission], AdminProgram.Root,
                broker.EnvironmentFor(firm, $"{Path}.{firm}", "wrong"));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("ACCESS_REFUSED", refused.Errors, StringComparison.Ordinal);
    }

    private async Task SubmitsAsync(string program, string[] sample, string period)
    {
        var good = broker.Save(XilinSubmissions.Visits(Village, 12, period));
        var first = (await RunAsync(good)).AssertSucceeded();
        Assert.Contains($"accepted {Village} {period}", first.Output, StringComparison.Ordinal);

        // The same receipt, row and all.
        Assert.Equal(first.Output, (await RunAsync(good)).AssertSucceeded().Output);

        Assert.Equal(first.Output,
            (await AdminProgram.RunAsync(program, [.. sample, good], AdminProgram.Root,
                broker.TlsEnvironmentFor(Village, Path))).AssertSucceeded().Output);

        var neighbours = await RunAsync(broker.Save(XilinSubmissions.Visits(Neighbour, 12, period)));
        Assert.Equal(2, neighbours.ExitCode);
        Assert.Contains("[error] F502", neighbours.Output, StringComparison.Ordinal);

        var elsewhere =
            await AdminProgram.RunAsync(program, [.. sample, good], AdminProgram.Root, broker.EnvironmentFor(Village, "32.04.04.004.202"));
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains("ACCESS_REFUSED", elsewhere.Errors, StringComparison.Ordinal);

        var stranger =
            await AdminProgram.RunAsync(program, [.. sample, good], AdminProgram.Root, broker.EnvironmentFor(Village, Path, "wrong"));
        Assert.Equal(1, stranger.ExitCode);

        Task<ProgramResult> RunAsync(string file) =>
            AdminProgram.RunAsync(program, [.. sample, file], AdminProgram.Root, broker.EnvironmentFor(Village, Path));
    }
}
