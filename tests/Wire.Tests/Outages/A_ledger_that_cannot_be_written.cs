using Microsoft.Data.Sqlite;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>On a deployment of its own: its hundreds of revisions would stand before all that others send.</summary>
public class A_ledger_that_cannot_be_written(WireDeployment wire) : IClassFixture<WireDeployment>
{
    // More than a worker takes at once.
    private const int Count = 700;
    private const int AtOnce = 500;

    [Fact, Trait("suite", "long")]
    public async Task Holds_the_intake_calmly_says_so_once_and_gives_every_receipt_when_it_is_mended()
    {
        await using var office = await wire.OfficeAsync(Street);
        await office.SubmitAsync(XilinSubmissions.Visits(Village, 1, "2022-01"));
        var before = wire.Worker.Output.Length;
        var sheets = Enumerable.Range(0, Count)
            .Select(i => XilinSubmissions.Visits(i % 2 == 0 ? Village : OtherVillage, i % 9,
                $"2022-{i / 2 % 12 + 1:00}", 100 + i)).ToList();

        await using (var other = new SqliteConnection(wire.Data.Ledger))
        {
            await other.OpenAsync();
            await using var holds = other.BeginTransaction(deferred: false);
            foreach (var sheet in sheets)
            {
                await office.SendAsync(sheet);
            }

            await Eventually.IsTrueAsync(
                async () => (await wire.Worker.HealthAsync("ledger")).Contains("is locked by another program", StringComparison.Ordinal),
                () => wire.Worker.Output, seconds: 60);

            // The log line may arrive after the health report. From then on, nothing is logged and no processor time is spent.
            await Eventually.IsTrueAsync(
                () => Task.FromResult(
                    wire.Worker.Output[before..].Contains("no submission is accepted until", StringComparison.Ordinal)),
                () => wire.Worker.Output);
            var (spent, said) = (wire.Worker.ProcessorTime, wire.Worker.Output.Length);
            await Task.Delay(8_000);
            spent = wire.Worker.ProcessorTime - spent;
            Assert.True(spent < TimeSpan.FromSeconds(1),
                $"Waiting for the ledger cost {spent} of the processor in 8 s.\n{wire.Worker.Output}");
            Assert.Equal(said, wire.Worker.Output.Length);
            Assert.Single(office.Receipts);

            // What the worker does not have at hand waits at the broker.
            await using var admin = await wire.Broker.ConnectAsync("administrator");
            await using var channel = await admin.CreateChannelAsync();
            Assert.Equal((uint)(Count - AtOnce), await channel.MessageCountAsync("xilin.worker.intake"));
            var (status, problem) = await wire.Worker.PostAsync("/api/submissions", XilinSubmissions.Visits(Village, 1));
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("被另一个程序锁住", (string)problem!["detail"]!, StringComparison.Ordinal);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(office.Receipts.Count() == Count + 1), () => wire.Worker.Output, seconds: 60);
        Assert.Equal(sheets.Select(sheet => (string?)sheet["submissionId"]).Order(),
            office.Receipts.Skip(1).Select(receipt => (string?)receipt["submissionId"]).Order());
        Assert.All(office.Receipts, receipt => Assert.NotEqual("refused", (string?)receipt["verdict"]));
        await wire.Worker.WaitUntilReadyAsync();
        var lines = wire.Worker.Output[before..].Split('\n');
        Assert.True(lines.Count(line => line.Contains("no submission is accepted until", StringComparison.Ordinal)) == 1,
            string.Join("\n", lines));
        Assert.Single(lines, line => line.Contains("is writable again; submissions are accepted", StringComparison.Ordinal));
        Assert.True(lines.Length < 20, string.Join('\n', lines));
    }
}
