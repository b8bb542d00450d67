using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Indicators;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.TestFixtures;

/// <summary>Reads and checks as the intake does, without a ledger.</summary>
public static class SubmissionTestReader
{
    public static readonly Catalogue Catalogue = ReadCatalogue();

    public static Submission Read(this JsonObject sheet, DateTimeOffset? now = null) => Read(sheet.Bytes(), now).Single();

    public static Submission Read(string text) => Read(Encoding.UTF8.GetBytes(text)).Single();

    public static IReadOnlyList<Submission> Read(byte[] body, DateTimeOffset? now = null)
    {
        var all = SubmissionReader.Read(body, Catalogue).All;
        foreach (var submission in all)
        {
            FormChecks.Check(submission, Catalogue, now ?? TestSubmissions.Now);

            // The ledger asks for this at the commit.
            if (submission.Period is { } period
                && WindowChecks.Find(submission, Catalogue.WindowOf(period), new MonthStates(), now ?? TestSubmissions.Now) is { } closed)
            {
                submission.Findings.Add(closed);
            }
        }

        return all;
    }

    public static Decision Decide(this Submission submission, Dictionary<Period, EffectiveMonth>? history = null)
    {
        history ??= [];
        var current = submission.Period is { } period && history.TryGetValue(period, out var known) ? known : new EffectiveMonth();
        if (submission.Period is { } month)
        {
            history[month] = current;
        }

        return Decision.Decide(submission, Catalogue, history.ToFigures(), current, 1);
    }

    /// <summary>The figures of effective months, as the checks look at them.</summary>
    public static Dictionary<Period, MonthFigures> ToFigures(this Dictionary<Period, EffectiveMonth> history) =>
        history.ToDictionary(month => month.Key, month => new MonthFigures(month.Value));

    /// <summary>The ids of what was found, in the order in which it was found.</summary>
    public static string[] RuleIds(this Submission submission) => [.. submission.Findings.Select(finding => finding.Rule)];

    private static Catalogue ReadCatalogue()
    {
        using var folder = SmallCatalogueSubmissions.Catalogue();
        var result = folder.Read();
        return result.Catalogue ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }
}
