using System.Diagnostics;
using System.Globalization;
using XilinIngest.Storage;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;
using XilinIngest.Wire.Tests.Transport;
using Xunit.Abstractions;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>
/// SIGKILL at random moments to all that is on the wire, under load and while it starts; stalled lines, frozen processes, alarms and
/// purges. The normal suite runs a short form on SQLite by MassTransit; <c>./crash-wire.sh</c> the full one, by RabbitMQ.Client and on a
/// database's server too.
/// </summary>
public sealed class Everything_that_is_killed(ITestOutputHelper output)
{
    private static readonly int Kills = FromEnvironment("XILIN_KILLS", 3);
    private static readonly int Submissions = FromEnvironment("XILIN_SUBMISSIONS", 400);
    private static readonly int Seed = FromEnvironment("XILIN_SEED", Random.Shared.Next());

    private static readonly OutageTarget[] Targets = Enum.GetValues<OutageTarget>();

    // Sent by all offices and not answered: so that the load lasts as long as the kills do.
    private const int AtOnce = 600;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60 + 40 * Kills + Submissions / 20);

    private readonly Stopwatch _running = Stopwatch.StartNew();

    [Fact]
    public Task Loses_nothing_and_comes_back_by_itself() => RunAsync(StorageProvider.Sqlite, library: null);

    [Fact, Trait("suite", "long")]
    public Task Loses_nothing_by_RabbitMQ_Client_alone_either() => RunAsync(StorageProvider.Sqlite, RabbitClientDeployment.LibraryName);

    [Theory, OnPostgreSql, OnSqlServer, Trait("suite", "long")]
    public Task Loses_nothing_on_a_databases_server_either(StorageProvider engine) => RunAsync(engine, library: null);

    private async Task RunAsync(StorageProvider engine, string? library)
    {
        await using var wire = new WireDeployment
        {
            HasProxies = true,
            Library = library,
            OnServer = engine == StorageProvider.Sqlite
                ? null : (engine, TestDatabases.NewConnectionString(engine, "", "ledger"),
                    TestDatabases.NewConnectionString(engine, "", "cube")),
        };
        await wire.InitializeAsync();
        var listener = new ResultsListener(wire.Broker);
        await listener.DeclareAsync();
        await Task.Delay(TestBroker.QueueRecoveryTime);
        var random = new Random(Seed);
        var fleet = new RedundantServices(wire, random);
        await fleet.ReadyAsync();
        var letters = OutageWorkload.Generate(Submissions, random);
        var offices =
            letters.GroupBy(letter => letter.Office)
            .Select((sent, i) =>
                new RetryingOffice(wire.Broker, sent.Key, [.. sent], 5 + AtOnce * sent.Count() / letters.Count, Seed + 10 * i)).ToList();

        Say($"seed {Seed}, on {engine}, {library ?? "the default library"}; all is ready.");
        using var timeout = new CancellationTokenSource(Patience);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token);
        var reading = Task.WhenAll(offices.Select(office => office.ReceiveAsync(ends.Token)).Append(listener.ListenAsync(ends.Token)));
        var sending = Task.WhenAll(offices.Select(office => office.SendAsync(timeout.Token)));
        await KillAsync(fleet, offices, random, timeout.Token);
        await sending;
        Say($"{fleet.Killed} kills ({fleet.BrokersKilled} of the broker), {Submissions} "
            + $"submissions, {offices.Sum(office => office.Duplicates)} sent twice on purpose, "
            + $"{offices.Sum(office => office.UnconfirmedAttempts)} tries without a confirm; the longest takeover "
            + $"took {fleet.LongestTakeover.TotalSeconds:0.0} s.");
        await Eventually.IsTrueAsync(
            () => Task.FromResult(Received(offices) == Submissions && LossAssertions.HasReceivedEverything(wire, Submissions, listener)),
            () => $"{Received(offices)} receipts, {listener.Results.Count} results heard.\n{fleet.Outputs}", seconds: 90);
        await ends.CancelAsync();
        await reading;

        Say($"{Received(offices)} receipts; {listener.Results.Count} versions of results heard in {listener.Messages} messages.");
        LossAssertions.AssertEveryReceiptIsInTheLedgerOnce(wire, offices);
        LossAssertions.AssertEveryResultWasReceived(wire, listener);
        LossAssertions.AssertTheHighestRevisionsAddUp(offices, listener);
        await LossAssertions.AssertDeadLettersAreTheUnreadableOnesAsync(wire, offices);
        await fleet.ReadyAsync();
        Say(await wire.VerifyAsync());
    }

    private async Task KillAsync(
        RedundantServices fleet, IReadOnlyList<RetryingOffice> offices, Random random, CancellationToken cancellationToken)
    {
        for (var kill = 1; fleet.Killed < Kills; kill++)
        {
            // Two in three at a moment of the load, spread over it; one in three soon after the one before, while what was killed starts.
            if (kill % 3 == 0)
            {
                await Task.Delay(random.Next(2_000), cancellationToken);
            }
            else
            {
                await Eventually.IsTrueAsync(
                    () => Task.FromResult(Received(offices) >= (long)Submissions * (fleet.Killed + 1) / (Kills + 1)),
                    () => $"{Received(offices)} of {Submissions} receipts after {fleet.Killed} kills.\n{fleet.Outputs}", seconds: 180);
                await Task.Delay(random.Next(40), cancellationToken);
            }

            // Each of them once, then as it comes.
            var target = kill <= Targets.Length
                ? Targets[kill - 1] : random.Next(2) == 0 ? Targets[random.Next(3)] : Targets[random.Next(Targets.Length)];
            Say($"kill {fleet.Killed + 1}: {target}, after {Received(offices)} receipts");
            await fleet.KillAsync(target);
        }
    }

    private static int Received(IEnumerable<RetryingOffice> offices) => offices.Sum(office => office.Receipts.Count);

    // Into a file that crash-wire.sh follows, for a test's own output is shown only at its end.
    private void Say(string text)
    {
        text = string.Create(CultureInfo.InvariantCulture, $"{_running.Elapsed.TotalSeconds,5:0} s  {text}");
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("XILIN_PROGRESS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, text + "\n");
        }
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : otherwise;
}
