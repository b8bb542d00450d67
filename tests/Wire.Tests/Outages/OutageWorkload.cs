using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>
/// What the offices send in a crash run, nearly in order: months of firms and revisions of them, of which later ones overtake
/// earlier ones; slips; submissions for others, under the others' ids; and bodies that no one can read.
/// </summary>
internal static class OutageWorkload
{
    private const int Overtakes = 200;

    internal static List<OutgoingMessage> Generate(int submissions, Random random)
    {
        var cells = Cells(random).Take(Math.Max(20, submissions / 8)).ToList();
        var revisions = new Dictionary<FigureKey, int>();
        var letters = new List<OutgoingMessage>();
        var borrowed = new HashSet<string>();
        while (letters.Count < submissions)
        {
            var cell = cells[random.Next(cells.Count)];
            var example = letters.Count == 0 ? null : letters[random.Next(letters.Count)];
            letters.Add((letters.Count % 50) switch
            {
                17 when example is { ExpectedOutcome: MessageOutcome.Recorded } && example.Office != WireDeployment.Firm
                    && borrowed.Add(example.Id!) => Foreign(example),
                49 => Submission(OfficeOf(cell, random), cell with { Indicator = "NO_SUCH_INDICATOR" }, 1, random) with
                {
                    ExpectedOutcome =
                    MessageOutcome.Refused
                },
                _ => Submission(OfficeOf(cell, random), cell, revisions[cell] = revisions.GetValueOrDefault(cell) + 1, random),
            });
        }

        letters.AddRange(
            Enumerable.Range(0, Math.Max(5, submissions / 100))
            .Select(i => Unreadable(i, WireDeployment.Offices[i % WireDeployment.Offices.Length])));
        return [.. letters.Select(
            (letter, i) =>
                (letter, at: (letter.ExpectedOutcome == MessageOutcome.DeadLettered ? random.Next(submissions) : i)
                    + random.Next(Overtakes))).OrderBy(pair => pair.at).Select(pair => pair.letter)];
    }

    private static OutgoingMessage Submission(string office, FigureKey cell, int revision, Random random)
    {
        var value = random.Next(9_000, 11_000) / 100m;
        var sheet = TestSubmissions.NewSubmission(cell.Unit, cell.Period, TestSubmissions.Value(cell.Indicator, value, "万元"))
            .Set("revision", revision);
        return new(office, MessageOutcome.Recorded, Encoding.UTF8.GetBytes(sheet.ToJsonString()))
        {
            Id = (string)sheet["submissionId"]!,
            Figure = cell,
            Revision = revision,
            Value = value
        };
    }

    // Another office's id and figure, by a firm that may not speak for its village.
    private static OutgoingMessage Foreign(OutgoingMessage example)
    {
        var body = JsonNode.Parse(example.Body)!.AsObject();
        return new(WireDeployment.Firm, MessageOutcome.Refused,
            Encoding.UTF8.GetBytes(body.Set("unit", WireDeployment.Village).ToJsonString()))
        { Id = example.Id };
    }

    private static OutgoingMessage Unreadable(int number, string office) => new(office, MessageOutcome.DeadLettered, (number % 3) switch
    {
        0 => Encoding.UTF8.GetBytes($"报表 {number}"),
        1 => Encoding.UTF8.GetBytes($"{{\"submissions\":[],\"number\":{number}}}"),
        _ => [0x7B, 0xFF, .. Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))],
    });

    // The firm itself, the village that it is in, or the street for all of them.
    private static string OfficeOf(FigureKey cell, Random random) =>
        cell.Unit == WireDeployment.Firm && random.Next(4) > 0 ? WireDeployment.Firm
        : WireDeployment.Offices.Contains(cell.Parent) && random.Next(4) > 0 ? cell.Parent
        : WireDeployment.Street;

    // Firms that stay where they are, from February on: no figure is due for January.
    private static IEnumerable<FigureKey> Cells(Random random)
    {
        var firms = File.ReadLines(Path.Combine(RepositoryFiles.Root, "catalogue", "units.csv")).Select(line => line.Split(','))
            .Where(row => row[3] == "enterprise").GroupBy(row => row[0]).Where(rows => rows.Count() == 1).Select(rows => rows.Single())
            .Where(row => row[5] == "2020-01" && row[6].Length == 0);
        var cells = firms.SelectMany(
            firm => Enumerable.Range(2, 11).Select(month => new FigureKey(firm[0], firm[4], Figure(firm[7]), $"2022-{month:00}")))
            .ToArray();
        random.Shuffle(cells);
        return cells.OrderByDescending(cell => cell.Unit == WireDeployment.Firm);
    }

    private static string Figure(string registers) => registers.Split(' ') switch
    {
        var all when all.Contains("industry") => "INDUSTRIAL_OUTPUT",
        var all when all.Contains("trade") => "TRADE_CATERING_SALES",
        var all when all.Contains("digital") => "DIGITAL_CORE_VALUE_ADDED",
        var all when all.Contains("service") => "KEY_SERVICE_REVENUE",
        _ => "FIXED_ASSET_INVESTMENT",
    };
}
