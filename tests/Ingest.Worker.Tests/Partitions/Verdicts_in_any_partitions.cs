using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using static XilinIngest.TestFixtures.MonthMessages;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Worker.Tests.Partitions;

public sealed class Verdicts_in_any_partitions
{
    private static readonly string[] Units =
        [Village, "320404007202", NewVillage, Firm, "320404001000", "320404000000", "320404999999", ""];

    [Theory]
    [InlineData(1, District)]
    [InlineData(2, District, Street)]
    [InlineData(3, FirstVillage, District, Street)]
    [InlineData(4, "32.04.04.001", "32.04.04.007.202", District)]
    public async Task Are_those_of_one_ledger(int seed, params string[] partitions)
    {
        await using var split = await StartAsync(partitions);
        await using var one = await StartAsync();
        var random = new Random(seed);
        var ids = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            var messages = i % 10 == 9 ? [MonthRequest(random)] : Pack(random, ids);
            Assert.Equal(
                (await one.SendAsync(Copy(messages))).Select(Text), (await split.SendAsync(Copy(messages))).Select(Text));
        }

        Assert.Empty(split.Verify());
        Assert.Equal(Accepted(one, ""), partitions.SelectMany(path => Accepted(split, path)).Order(StringComparer.Ordinal));
    }

    private static JsonObject MonthRequest(Random random) => random.Next(3) switch
    {
        0 => Reopening("2022-07"),
        1 => Closing("2022-07", reason: null),
        _ => Closing("2022-07"),
    };

    // Some ids are used again, by the same unit and by others; some months are not open; some figures raise questions.
    private static JsonObject[] Pack(Random random, List<string> ids) => [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ =>
    {
        var unit = Units[random.Next(Units.Length)];
        var value = unit == Firm ? Sales(random.Next(900)) : Petitions(random.Next(-1, 90));

        // No two of the same time: of those, the greater id wins, and an id that another unit used is not kept in one ledger.
        var report = NewSubmission(unit, random.Next(6) == 0 ? "2022-13" : "2022-07", value).Set("revision", random.Next(1, 9))
            .Set("submittedAt", $"2022-08-03T09:{ids.Count / 60 % 60:00}:{ids.Count % 60:00}+08:00");
        if (ids.Count > 0 && random.Next(8) == 0)
        {
            report["submissionId"] = ids[random.Next(ids.Count)];
        }

        ids.Add((string)report["submissionId"]!);
        return random.Next(4) == 0 ? report.Corrected() : report;
    })];

    private static IEnumerable<string> Accepted(TestLedgers.PartitionedLedgers ledgers, string path) => ledgers.Rows(path)
        .Where(row => row is { Verdict: "accepted", IsRequest: false }).Select(row => $"{row.Unit} {row.Period} {row.Revision}")
        .Order(StringComparer.Ordinal);

    private static JsonObject[] Copy(JsonObject[] messages) => [.. messages.Select(message => message.DeepClone().AsObject())];

    private static string Text(SubmissionReceipt receipt) =>
        $"{receipt.Unit} {receipt.Period} {receipt.Revision} {receipt.Verdict.ToWireName()} "
        + string.Join(' ', receipt.Findings.Select(finding => finding.Rule));
}
