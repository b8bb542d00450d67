using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.Wire.Tests.Notices;

/// <summary>A worker, an aggregator and a notifier on RabbitMQ, each a process of its own.</summary>
public sealed class Reminders_over_the_wire
{
    private const string Village = "320404004202";
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    [Fact, Trait("suite", "long")]
    public async Task Reach_who_is_late_once_across_a_kill_and_not_who_has_reported()
    {
        await using var receiver = await NoticeReceiver.StartAsync();
        await using var wire = new WireDeployment();
        var month = DueToday(wire.Data.CatalogueFolder);
        await wire.InitializeAsync();
        var late = (await wire.Aggregator.GetAsync($"/api/completeness?unit={Village}&period={month}")).Answer!["missing"]!.AsArray()
            .Where(missing => missing!["indicators"]!.AsArray() is [var only] && (string?)only == "INDUSTRIAL_OUTPUT")
            .Select(missing => (string)missing!["unit"]!).ToList();
        var submittedAt = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var receipt = (await wire.Worker.SubmitAsync(
            XilinSubmissions.Output(late[0], 100m, month).Set("submittedAt", submittedAt))).Answer!;
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        await WireDeployment.WaitUntilAppliedAsync(wire.Aggregator, (long)receipt["sequence"]!);

        File.WriteAllText(
            wire.Data.CatalogueFolder.In("reminders.csv"),
            "rule,kind,unit,offset,time,to,channel,language,quiet,days\n"
            + $"today,,{Village},0,00:00,reporter,duty,,,\nstreet,digest,{Village},0,00:00,leader,duty,,,\n");
        var aggregators = $"http://127.0.0.1:1;{await wire.Aggregator.ServingAsync()}";
        var start = () => wire.StartNotifier(
            aggregators, ("Channels__duty__Kind", "webhook"), ("Channels__duty__Url", receiver.Url.ToString()),
            ("Channels__duty__Secret", "0123456789abcdef"), ("Notices__PagesAddress", "https://xilin.example"));
        using (var first = start())
        {
            await first.WaitUntilReadyAsync();
            await Eventually.IsTrueAsync(() => Task.FromResult(receiver.Kept.Count > 0), () => first.Output);
            first.Kill();
        }

        using var notifier = start();
        await notifier.WaitUntilReadyAsync();
        await Eventually.IsTrueAsync(
            async () => (await notifier.GetAsync($"/api/reminders?unit={Village}&period={month}")).Answer!.AsArray()
                is { Count: > 0 } listed && listed.All(reminder => (string?)reminder!["state"] == "sent"), () => notifier.Output);
        var reminded = receiver.Kept.Select(kept => kept.Json["reminder"]!).ToList();
        Assert.Equal(1, reminded.Count(reminder => (bool)reminder["isDigest"]!));
        var units = reminded.Where(reminder => !(bool)reminder["isDigest"]!).Select(reminder => (string)reminder["unit"]!).ToList();
        Assert.DoesNotContain(late[0], units);
        Assert.Equal(units.Distinct().Count(), units.Count);
        Assert.Subset(units.ToHashSet(), late.Skip(1).ToHashSet());
        Assert.All(reminded, reminder => Assert.StartsWith("https://xilin.example/", (string)reminder["link"]!, StringComparison.Ordinal));

        var (status, made) = await notifier.PostAsync("/api/reminders", new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["unit"] = late[1],
            ["period"] = month,
        });
        Assert.Equal((HttpStatusCode.OK, late[1]), (status, (string?)made!["recent"]![0]));
    }

    private static string DueToday(TestFolder catalogue)
    {
        var today = TimeProvider.System.GetUtcNow().ToOffset(ChinaOffset);
        var month = today.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        catalogue.Edit("rules.csv", text => text.Split('\n')[0] + "\n");
        catalogue.Edit("calendar.csv", text => text.Split('\n')[0] + string.Create(
            CultureInfo.InvariantCulture,
            $"\n{month},{today.AddDays(-1):yyyy-MM-dd}T00:00:00+08:00,{today:yyyy-MM-dd}T23:59:00+08:00,"
            + $"{today.Year + 1}-12-01T00:00:00+08:00,{today.Year + 2}-12-01T00:00:00+08:00\n"));
        return month;
    }
}
