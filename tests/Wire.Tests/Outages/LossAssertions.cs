using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using XilinIngest.Contracts;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>What was sent, held against what there is afterwards. What is to be is reckoned here from the letters alone.</summary>
internal static class LossAssertions
{
    /// <summary>
    /// Every office got the verdicts on what it sent, one each and no other's; each is a row of the ledger, and there are no other rows.
    /// </summary>
    internal static void AssertEveryReceiptIsInTheLedgerOnce(WireDeployment wire, IReadOnlyList<RetryingOffice> offices)
    {
        using var ledger = wire.OpenLedger();
        var rows = ledger.Query<(long Sequence, byte[] Body, string Sender, string Verdict, byte[] LeafHash)>(
            "SELECT sequence, body, sender, verdict, leaf_hash FROM ledger_entry ORDER BY sequence").ToList();
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows.Select(row => row.Sequence));
        var used = new HashSet<long>();
        foreach (var office in offices)
        {
            var letters = office.Messages.Where(letter => letter.Id is not null).ToList();
            Assert.Empty(office.Contradictions);
            Assert.Equal(letters.Select(letter => letter.Id!).Order(StringComparer.Ordinal),
                office.Receipts.Keys.Order(StringComparer.Ordinal));
            foreach (var letter in letters)
            {
                var receipt = JsonNode.Parse(office.Receipts[letter.Id!])!;
                var row = rows[(int)(long)receipt["sequence"]! - 1];
                Assert.True(used.Add(row.Sequence), $"Two receipts name row {row.Sequence}.");
                Assert.True(row.Body.AsSpan().SequenceEqual(letter.Body),
                    $"Row {row.Sequence} holds another body than its receipt is for.");
                Assert.Equal((office.Code, Convert.ToHexStringLower(row.LeafHash), row.Verdict),
                    (row.Sender, (string)receipt["leafHash"]!, (string)receipt["verdict"]!));
                Assert.True((letter.ExpectedOutcome == MessageOutcome.Refused) == (row.Verdict == "refused"),
                    $"Row {row.Sequence} was to be {letter.ExpectedOutcome} and is {row.Verdict}: {receipt["findings"]}");
            }
        }

        Assert.Equal(rows.Count, used.Count);
        Assert.Contains(rows, row => row.Verdict == "superseded");
    }

    /// <summary>
    /// The cube is through, and the listener has every version of every result that it keeps, as it keeps it, and nothing else.
    /// </summary>
    internal static bool HasReceivedEverything(WireDeployment wire, long rows, ResultsListener listener)
    {
        using var cube = wire.OpenCube();
        var state = cube.QuerySingle<(long Applied, long Published, long Last)>(
            "SELECT applied_through, published_through, (SELECT COALESCE(MAX(id), 0) FROM publication) FROM cube_state");
        return state.Applied == rows && state.Published == state.Last && listener.Results.Count >= ReadKept(cube).Count;
    }

    /// <inheritdoc cref="HasReceivedEverything"/>
    internal static void AssertEveryResultWasReceived(WireDeployment wire, ResultsListener listener)
    {
        using var cube = wire.OpenCube();
        var kept = ReadKept(cube);
        Assert.Empty(listener.Contradictions);
        Assert.Empty(kept.Keys.Except(listener.Results.Keys));
        Assert.Empty(listener.Results.Keys.Except(kept.Keys));
        Assert.All(kept, result => Assert.Equal(result.Value, listener.Results[result.Key]));

        var newest = cube.Query<(string Event, string Payload)>(
            "SELECT p.event, p.payload FROM newest_publication n JOIN publication p ON p.id = n.id")
            .SelectMany(row => ResultKey.ReadResults(row.Event, JsonNode.Parse(row.Payload)!.AsObject()))
            .GroupBy(result => result.Key with { Version = 0 }).Select(versions => versions.MaxBy(result => result.Key.Version).Key);
        Assert.Equal(newest.Select(key => key.ToString()).Order(), Newest(listener).Select(key => key.ToString()).Order());
        Assert.Contains(kept.Keys, key => key.Kind == "ranking");
    }

    private static Dictionary<ResultKey, string> ReadKept(System.Data.Common.DbConnection cube) =>
        cube.Query<(string Event, string Payload)>("SELECT event, payload FROM publication")
            .SelectMany(row => ResultKey.ReadResults(row.Event, JsonNode.Parse(row.Payload)!.AsObject()))
            .ToDictionary(result => result.Key, result => result.Result.ToJsonString());

    /// <summary>The newest totals that the listener heard are the sums of the highest revisions that the offices sent.</summary>
    internal static void AssertTheHighestRevisionsAddUp(IEnumerable<RetryingOffice> offices, ResultsListener listener)
    {
        var effective =
            offices.SelectMany(office => office.Messages)
            .Where(letter => letter.ExpectedOutcome == MessageOutcome.Recorded)
            .GroupBy(letter => letter.Figure!).Select(same => same.MaxBy(letter => letter.Revision)!);
        var expected =
            effective.SelectMany(
                letter => new[] { letter.Figure!.Parent, WireDeployment.Street }.Select(
                    unit => (Key: (unit, letter.Figure.Indicator, letter.Figure.Period), letter.Value)))
            .GroupBy(part => part.Key).ToDictionary(parts => parts.Key, parts => parts.Sum(part => part.Value));
        var newest = Newest(listener).ToDictionary(key => (key.Kind, key.Unit, key.Indicator, key.Period));
        foreach (var (key, sum) in expected)
        {
            Assert.True(newest.TryGetValue(("total", key.unit, key.Indicator, key.Period), out var said), $"Nothing was said of {key}.");
            Assert.Equal(sum, (decimal)JsonNode.Parse(listener.Results[said])!["total"]!["month"]!);
        }
    }

    /// <summary>Parked are the bodies that no one can read, whole and with their sender; at least once, and nothing else.</summary>
    internal static async Task AssertDeadLettersAreTheUnreadableOnesAsync(WireDeployment wire, IEnumerable<RetryingOffice> offices)
    {
        await using var connection = await wire.Broker.ConnectAsync("staff");
        await using var channel = await connection.CreateChannelAsync();
        var unreadable = offices.SelectMany(office => office.Messages)
            .Where(letter => letter.ExpectedOutcome == MessageOutcome.DeadLettered)
            .Select(letter => (letter.Office, Convert.ToHexString(letter.Body))).Order().ToList();
        var parked = new HashSet<(string Sender, string Body)>();

        // No receipt says when they are parked.
        await Eventually.IsTrueAsync(
            async () =>
            {
                while (await channel.BasicGetAsync(Queues.DeadLetters, autoAck: true) is { } message)
                {
                    Assert.False(message.BasicProperties.Headers!.ContainsKey("x-death"), "A message was given up.");
                    parked.Add((Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers["x-sender"]!),
                        Convert.ToHexString(message.Body.Span)));
                }

                return parked.IsSupersetOf(unreadable);
            },
            () => $"{parked.Count} of {unreadable.Count} unreadable messages are parked.\n{wire.Worker.Output}", seconds: 60);
        Assert.Equal(unreadable, parked.Order());
        foreach (var queue in new[] { "xilin.worker.intake", "xilin.worker.replay" })
        {
            // What was sent twice may come last, and asks for nothing new.
            await Eventually.IsTrueAsync(async () => (await channel.QueueDeclarePassiveAsync(queue)).MessageCount == 0,
                () => $"There are messages left in {queue}.");
        }
    }

    private static IEnumerable<ResultKey> Newest(ResultsListener listener) =>
        listener.Results.Keys.GroupBy(key => (key.Kind, key.Unit, key.Indicator, key.Period))
        .Select(versions => versions.MaxBy(key => key.Version)!);
}
