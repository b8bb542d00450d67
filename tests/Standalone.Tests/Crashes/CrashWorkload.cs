using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>The submissions of a crash run: two years of months of many units, then revisions of them, slips among both.</summary>
internal static class CrashWorkload
{
    /// <summary>A calendar in which the 24 months before this one are open, and stay so.</summary>
    internal static void OpenMonths(
        TestFolder catalogue, DateTimeOffset now) => catalogue.Edit("calendar.csv",
        text => text.Split('\n')[0] + "\n" + string.Concat(Months(now).Select(month =>
    {
        var opens = month.AddMonths(1);
        return string.Create(CultureInfo.InvariantCulture,
            $"{month:yyyy-MM},{opens:yyyy-MM-dd}T00:00:00+08:00,{opens:yyyy-MM}-08T18:00:00+08:00,{now.Year + 5}-01-01T00:00:00+08:00,"
                + $"{now.Year + 6}-01-01T00:00:00+08:00\n");
    })));

    /// <summary>The sample's targets, for those years: so that there are alerts too.</summary>
    internal static void SetTargets(TestFolder catalogue, DateTimeOffset now) => catalogue.Edit("targets.csv", text => text
        .Replace(",2022,", $",{now.Year}-,", StringComparison.Ordinal)
        .Replace(",2021,", $",{now.Year - 1},", StringComparison.Ordinal).Replace("-,", ",", StringComparison.Ordinal));

    internal static List<byte[]> Generate(int count, DateTimeOffset now, Random random)
    {
        var months = Months(now).Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture)).ToList();
        var firms = ReferenceFiles.Rows(Path.Combine(RepositoryFiles.Catalogue, "units.csv"))
            .Where(row => row["kind"] == "enterprise" && row["valid_to"].Length == 0);
        var cells = firms
            .SelectMany(firm => months.Select(month => (Unit: firm["code"], Register: Figure(firm["registers"]), Month: month)))
            .Where(cell => cell.Register is not null)
            .OrderBy(cell => cell.Month, StringComparer.Ordinal)
            .Take(Math.Max(1, count * 2 / 3))
            .ToList();
        var bodies = Enumerable.Range(0, count).Select(i =>
        {
            var (unit, indicator, month) = cells[i % cells.Count];
            var isRevision = i >= cells.Count;
            return Body(now, random, i % 50 == 49 ? "NO_SUCH_INDICATOR" : indicator!, unit, month, isRevision ? random.Next(2, 6) : 1);
        }).ToList();

        // Nearly in order, as offices send: each may overtake those near it.
        return [.. bodies.Select((body, i) => (body, at: i + random.Next(200))).OrderBy(pair => pair.at).Select(pair => pair.body)];
    }

    internal static string IdOf(byte[] body) => Convert.ToHexString(SHA256.HashData(body));

    private static byte[] Body(DateTimeOffset now, Random random, string indicator, string unit, string month, int revision) =>
        Encoding.UTF8.GetBytes(new JsonObject
        {
            ["submissionId"] = Guid.NewGuid().ToString(),
            ["unit"] = unit,
            ["period"] = month,
            ["revision"] = revision,
            ["submittedAt"] = now.AddSeconds(-random.Next(100_000)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["values"] = new JsonArray(
            new JsonObject { ["indicator"] = indicator, ["value"] = random.Next(9_000, 11_000) / 100m, ["unit"] = "万元" }),
        }.ToJsonString());

    private static IEnumerable<DateTimeOffset> Months(DateTimeOffset now) =>
        Enumerable.Range(-24, 24).Select(i => new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(i));

    private static string? Figure(string registers) => registers.Split(' ') switch
    {
        var all when all.Contains("industry") => "INDUSTRIAL_OUTPUT",
        var all when all.Contains("trade") => "TRADE_CATERING_SALES",
        var all when all.Contains("digital") => "DIGITAL_CORE_VALUE_ADDED",
        var all when all.Contains("service") => "KEY_SERVICE_REVENUE",
        _ => null,
    };
}
