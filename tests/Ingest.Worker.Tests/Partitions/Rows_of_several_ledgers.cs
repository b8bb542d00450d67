using System.Text.Json.Nodes;
using XilinIngest.Contracts.Responses;
using XilinIngest.Worker.Ledger;
using static XilinIngest.TestFixtures.MonthMessages;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Worker.Tests.Partitions;

public sealed class Rows_of_several_ledgers
{
    private const string Village2 = "320404007202";
    private const string Wuxing = "320404001000";

    [Fact]
    public async Task Are_listed_newest_first_and_each_once_however_long_a_page_is()
    {
        await using var three = await StartAsync(District, Street, FirstVillage);
        await FillAsync(three);
        var all = Pages(three, new RowFilter(), 500);
        Assert.Equal(
            all.OrderByDescending(row => row.ReceivedAt, StringComparer.Ordinal).ThenBy(row => row.Partition, StringComparer.Ordinal)
                .ThenByDescending(row => row.Sequence), all);
        Assert.Equal(40 + 3, all.Count);
        Assert.All(new[] { 1, 2, 3, 7, 20 }, limit => Assert.Equal(Keys(all), Keys(Pages(three, new RowFilter(), limit))));
        Assert.Equal(3, all.Count(row => row.Revision == 0));
        Assert.All(all.Where(row => row.Revision == 0), row => Assert.Equal(District, row.Partition));
    }

    [Fact]
    public async Task Are_filtered_as_those_of_one_ledger_are()
    {
        await using var three = await StartAsync(District, Street, FirstVillage);
        await FillAsync(three);
        Assert.All(Pages(three, new RowFilter { Unit = Village2 }, 3), row => Assert.Equal((Village2, Street), (row.Unit, row.Partition)));
        Assert.Equal(
            Keys(Pages(three, new RowFilter(), 500).Where(row => row.Unit != Wuxing && row.Revision > 0)),
            Keys(Pages(three, new RowFilter { Among = [Village, Village2] }, 4)));
    }

    // Several at the same time and some at others, as batches of parallel writers have it.
    private static async Task FillAsync(TestLedgers.PartitionedLedgers ledgers)
    {
        var random = new Random(7);
        string[] units = [Village, Village2, Wuxing];
        for (var i = 0; i < 40; i++)
        {
            await ledgers.SendAsync(
                NewSubmission(units[random.Next(units.Length)], "2022-07", Petitions(i)).Set("revision", i + 1).Corrected());
            if (i % 15 == 7)
            {
                await ledgers.SendAsync(Closing("2022-07").Set("monthToClose", i < 15 ? "2022-07" : "2022-06"));
            }

            ledgers.Clock.Advance(TimeSpan.FromSeconds(random.Next(2)));
        }
    }

    private static List<SubmissionRow> Pages(TestLedgers.PartitionedLedgers ledgers, RowFilter filter, int limit)
    {
        var all = new List<SubmissionRow>();
        while (true)
        {
            var page = ledgers.Ledgers.ListRows(
                filter, all.Count == 0 ? null : (ledgers.Of(all[^1].Partition!), all[^1].Sequence), limit);
            all.AddRange(page);
            if (page.Count < limit)
            {
                return all;
            }
        }
    }

    private static IEnumerable<(string?, long)> Keys(IEnumerable<SubmissionRow> rows) => rows.Select(row => (row.Partition, row.Sequence));
}
