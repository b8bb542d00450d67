using System.Globalization;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>SIGKILL at random moments while a rule and someone by hand remind a village's units of the month that is due today.</summary>
public sealed class Reminders_that_are_interrupted
{
    private const string Village = "320404004202";
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("XILIN_KILLS") ?? "4", NumberStyles.None, CultureInfo.InvariantCulture);

    [Fact, Trait("suite", "long")]
    public async Task Reach_each_unit_once_by_the_rule_and_once_by_hand()
    {
        using var data = new TestFolder();
        using var catalogue = TestFolder.CopyOfCatalogue();
        await using var receiver = await NoticeReceiver.StartAsync();
        receiver.Answer = async (_, _) =>
        {
            // So slow that a kill falls between message and answer.
            await Task.Delay(20);
            return 204;
        };
        var month = DueToday(catalogue);
        File.WriteAllText(
            catalogue.In("reminders.csv"),
            $"rule,kind,unit,offset,time,to,channel,language,quiet,days\ntoday,,{Village},0,00:00,reporter,duty,,,\n");
        using var life = new RestartingService(
            ["--data", data.Path, "--catalogue", catalogue.Path, "--port", "0"], "env", "Channels__duty__Kind=webhook",
            $"Channels__duty__Url={receiver.Url}", "Channels__duty__Secret=0123456789abcdef");
        await life.StartAsync();
        var request = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["unit"] = Village,
            ["period"] = month,
            ["again"] = true,
        };
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var late = (await GetAsync(client, life, $"/api/completeness?unit={Village}&period={month}"))["missing"]!.AsArray()
            .Select(missing => (string)missing!["unit"]!).Order().ToList();
        Assert.True(late.Count > 5, $"{late.Count} units are too few to be interrupted");
        for (var kill = 0; kill < Kills; kill++)
        {
            var asking = AskAsync(client, life, request);
            await Task.Delay(Random.Shared.Next(400));
            life.Kill();
            await asking;
            await life.StartAsync();
        }

        await InProcessService.EventuallyAsync(() => AskAsync(client, life, request), seconds: 30);
        await InProcessService.EventuallyAsync(() => Task.FromResult(receiver.Kept.Count >= 2 * late.Count), seconds: 30);
        await Task.Delay(2000);
        await life.StopAsync();

        Assert.Equal(late, UnitsOf(receiver, "reminder/today"));
        Assert.Equal(late, UnitsOf(receiver, "reminder/"));
        Assert.Equal(2 * late.Count, receiver.Kept.Count);
    }

    private static List<string> UnitsOf(NoticeReceiver receiver, string route) =>
        [.. receiver.Kept.Where(kept => (string?)kept.Json["route"] == route)
            .Select(kept => (string)kept.Json["reminder"]!["unit"]!).Order()];

    // The month before this one, due at the end of today.
    private static string DueToday(TestFolder catalogue)
    {
        var today = TimeProvider.System.GetUtcNow().ToOffset(ChinaOffset);
        var month = today.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        catalogue.Edit("calendar.csv", text => text.Split('\n')[0] + string.Create(
            CultureInfo.InvariantCulture,
            $"\n{month},{today.AddDays(-1):yyyy-MM-dd}T00:00:00+08:00,{today:yyyy-MM-dd}T23:59:00+08:00,"
            + $"{today.Year + 1}-12-01T00:00:00+08:00,{today.Year + 2}-12-01T00:00:00+08:00\n"));
        return month;
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, RestartingService life, string path) =>
        JsonNode.Parse(await client.GetStringAsync(new Uri(life.Address, path)))!;

    // Whether it was answered; a process that is killed answers nothing, and one that starts does not know yet who has reported.
    private static async Task<bool> AskAsync(HttpClient client, RestartingService life, JsonObject request)
    {
        try
        {
            using var answer = await client.PostAsync(
                new Uri(life.Address, "/api/reminders"), XilinSubmissions.Body(request.ToJsonString()));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
