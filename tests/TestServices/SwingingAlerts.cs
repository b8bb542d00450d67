using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.TestServices;

/// <summary>
/// Submissions of firms whose figures swing between far behind the plan and on it, so that each raises or clears an alert; and whether a
/// receiver was told every change, once and in order.
/// </summary>
internal sealed class SwingingAlerts
{
    /// <summary>The number of firms: as many submissions make a round, in which every alert changes.</summary>
    internal const int Firms = 12;

    /// <summary>Each firm's submissions in turn.</summary>
    internal required IReadOnlyList<JsonObject> Submissions { get; init; }

    /// <summary>Gives firms of a catalogue targets, and each alert a notice of its own by the channel <c>duty</c>.</summary>
    /// <param name="catalogue">The catalogue; the months of the year are open.</param>
    /// <param name="year">The year of the targets.</param>
    /// <param name="submittedAt">When the last submission is sent.</param>
    /// <param name="count">The number of submissions.</param>
    internal static SwingingAlerts Prepare(TestFolder catalogue, int year, DateTimeOffset submittedAt, int count)
    {
        var firms = CatalogueReader.Read(catalogue.Path).Catalogue!.Units.All
            .Where(unit => unit.Level == UnitLevel.Enterprise && unit.SpanIn(new Period(year, 2)) is { To: null } span
                && span.Registers.Contains("industry"))
            .Select(unit => unit.Code.Value).Take(Firms).ToList();
        catalogue.Edit("targets.csv", text => text.Split('\n')[0] + "\n" + string.Concat(firms.Select(
            firm => string.Create(CultureInfo.InvariantCulture, $"{firm},INDUSTRIAL_OUTPUT,{year},amount,1200,\n"))));
        catalogue.Edit("colours.csv", text => text.Split('\n')[0] + "\nenterprise,pace,2,5,0,no\n");
        catalogue.Edit("rules.csv", text => text.Split('\n')[0] + "\n");
        File.WriteAllText(
            catalogue.In("routes.csv"), "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days\n"
            + "duty,,,,,duty,zh,alert,,,,,\n");
        return new()
        {
            Submissions = [.. Enumerable.Range(0, count).Select(i => new JsonObject
            {
                ["submissionId"] = Guid.NewGuid().ToString(),
                ["unit"] = firms[i % firms.Count],
                ["period"] = string.Create(CultureInfo.InvariantCulture, $"{year}-02"),
                ["revision"] = i + 1,
                ["submittedAt"] = submittedAt.AddSeconds(i - count)
                    .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
                ["values"] = new JsonArray(new JsonObject
                {
                    ["indicator"] = "INDUSTRIAL_OUTPUT",
                    ["value"] = i / firms.Count % 2 == 0 ? 1 : 200,
                    ["unit"] = "万元",
                }),
            })],
        };
    }

    /// <summary>
    /// Everything in the ledger is applied and taken by the notifier, nothing waits to be sent, and the receiver was told where each alert
    /// stands: also half a second later, when a notice that was being made from fewer events would be there.
    /// </summary>
    internal static async Task<bool> AreAllToldAsync(string dataFolder, NoticeReceiver receiver)
    {
        if (!AreAllTold(dataFolder, receiver))
        {
            return false;
        }

        await Task.Delay(500);
        return AreAllTold(dataFolder, receiver);
    }

    private static bool AreAllTold(string dataFolder, NoticeReceiver receiver) =>
        AreApplied(dataFolder) && AreAllTaken(dataFolder) && Published(dataFolder).GroupBy(change => change.Unit).All(
            alert => Told(receiver, alert.Key) is { Count: > 0 } told
            && told.Count <= alert.Count() && alert.ElementAt(told.Count - 1).Colour == alert.Last().Colour);

    private static bool AreAllTaken(string dataFolder)
    {
        using var notices = Open(Path.Combine(dataFolder, "notices.db"));
        return ReadNumber(notices, "SELECT COUNT(*) FROM notice WHERE state = 'pending'") == 0
            && ReadNumber(notices, "SELECT COUNT(*) FROM alert_event") == Published(dataFolder).Count;
    }

    /// <summary>Everything in the ledger is applied.</summary>
    internal static bool AreApplied(string dataFolder)
    {
        using var cube = Open(Path.Combine(dataFolder, "cube.db"));
        using var ledger = Open(Path.Combine(dataFolder, "ledger.db"));
        return ReadNumber(cube, "SELECT applied_through FROM cube_state") == ReadNumber(ledger, "SELECT MAX(sequence) FROM ledger_entry");
    }

    /// <summary>Each alert's versions came once and in order, through the one after which nothing is to be told.</summary>
    internal static void AssertToldOnceAndInOrder(string dataFolder, NoticeReceiver receiver)
    {
        foreach (var alert in Published(dataFolder).GroupBy(change => change.Unit))
        {
            // A tail that ends where the receiver was told it stands has nothing to be told.
            var told = Told(receiver, alert.Key);
            Assert.Equal(Enumerable.Range(1, told.Count), told);
            Assert.True(
                told.Count == alert.Count() || alert.ElementAt(told.Count - 1).Colour == alert.Last().Colour,
                $"{alert.Key}: {told.Count} of {alert.Count()} versions were told, and the last one differs");
        }
    }

    /// <summary>The alert events in the order in which they were published.</summary>
    internal static List<(string Unit, string Colour)> Published(string dataFolder)
    {
        using var cube = Open(Path.Combine(dataFolder, "cube.db"));
        using var command = cube.CreateCommand();
        command.CommandText = "SELECT payload FROM publication WHERE kind = 'alert' ORDER BY id";
        using var rows = command.ExecuteReader();
        List<(string, string)> published = [];
        while (rows.Read())
        {
            var alert = JsonNode.Parse(rows.GetString(0))!;
            published.Add(((string)alert["unit"]!, (string)alert["colour"]!));
        }

        return published;
    }

    // The versions in the order in which the receiver kept them.
    private static List<int> Told(NoticeReceiver receiver, string unit) =>
        [.. receiver.Kept.SelectMany(notice => notice.Json["alerts"]!.AsArray()).Where(alert => (string?)alert!["unit"] == unit)
            .SelectMany(alert => alert!["versions"]!.AsArray().Select(version => (int)version!))];

    private static long ReadNumber(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() is long number ? number : 0;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }
}
