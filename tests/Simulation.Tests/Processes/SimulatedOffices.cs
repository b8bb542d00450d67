using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Simulation.Tests.Runs;
using static XilinIngest.TestFixtures.SmallCatalogueSubmissions;
using static XilinIngest.TestFixtures.TestSubmissions;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>
/// The offices: what they submit, in which order, and what they send again because no receipt has come. Reports of villages, of a street
/// that reports whole and of a firm, with revisions and withdrawals; months that are closed and reopened; reviews.
/// </summary>
internal sealed class SimulatedOffices(SimulatedRun run, int messages)
{
    private const string District = "320404000000";
    private const string Street = "320404007000";
    private static readonly string[] Units = [Village, "320404007202", Firm, "320404001000"];
    private static readonly string[] Months = ["2022-06", "2022-07", "2022-07", "2022-07", "2021-07"];

    private readonly List<(string Office, byte[] Body)> _sent = [];
    private readonly List<Guid> _ids = [];
    private readonly Dictionary<(string Unit, string Month), int> _revisions = [];
    private int _receiptsSeen;
    private readonly HashSet<Guid> _answered = [];
    private readonly List<SubmissionReceipt> _reviewable = [];

    public bool HaveSentAll => _sent.Count >= messages;

    /// <summary>The ids of all submissions.</summary>
    public IReadOnlyList<Guid> SubmissionIds => _ids;

    public IEnumerable<Guid> Unanswered
    {
        get
        {
            ReadReceipts();
            return SubmissionIds.Where(id => !_answered.Contains(id));
        }
    }

    public void AddActions(ActionList actions)
    {
        if (!HaveSentAll)
        {
            actions.Add(4, SendNext);
        }

        if (_sent.Count > 0)
        {
            actions.Add(1, SendAgain);
        }
    }

    private void SendNext()
    {
        ReadReceipts();
        var (office, message) = run.Random.Below(10) switch
        {
            < 2 => (District, Month()),
            < 4 when _reviewable.Count > 0 => (Street, Review()),
            4 => run.IsSplit ? MixedPack() : Pack(),
            _ => Report(run.Random.Pick(Units)),
        };
        _sent.Add((office, message.Bytes()));
        run.Log($"{office} sends message {_sent.Count}");
        run.Bus.Submit(office, _sent[^1].Body);
    }

    private void SendAgain()
    {
        var at = run.Random.Below(_sent.Count);
        run.Log($"{_sent[at].Office} sends message {at + 1} again");
        run.Bus.Submit(_sent[at].Office, _sent[at].Body);
    }

    private JsonNode NewId()
    {
        _ids.Add(run.Random.NextGuid());
        return _ids[^1].ToString();
    }

    private JsonObject Month() =>
        (run.Random.Chance(0.6) ? MonthMessages.Closing("2022-07") : MonthMessages.Reopening("2022-07")).Set("messageId", NewId());

    private JsonObject Review()
    {
        var report = run.Random.Pick(_reviewable);
        var review = run.Random.Chance(0.5)
            ? ReviewMessages.Approving(report.Sequence, report.Unit, report.Period)
            : ReviewMessages.Returning(report.Sequence, report.Unit, report.Period);
        return review.Set("messageId", NewId());
    }

    // Several reports of one unit in one message, which is answered as one.
    private (string Office, JsonObject Message) Pack()
    {
        var unit = run.Random.Pick(Units);
        var reports = Enumerable.Range(0, run.Random.Between(2, 4)).Select(JsonNode (_) => Report(unit).Message).ToArray();
        return (unit, new JsonObject { ["submissions"] = new JsonArray(reports) });
    }

    // Reports of several units and so, where the tree is split, for several ledgers.
    private (string Office, JsonObject Message) MixedPack()
    {
        var units = Enumerable.Range(0, run.Random.Between(2, 5)).Select(_ => run.Random.Pick(Units)).ToList();
        var reports = units.Select(JsonNode (unit) => Report(unit).Message).ToArray();
        return (District, new JsonObject { ["submissions"] = new JsonArray(reports) });
    }

    private (string Office, JsonObject Message) Report(string unit)
    {
        var month = run.Random.Pick(Months);
        var revision = _revisions[(unit, month)] = _revisions.GetValueOrDefault((unit, month)) + 1;
        JsonObject[] values = unit == Firm ? [Figure("RETAIL_SALES", "万元")] : [.. VillageFigures()];
        var report = NewSubmission(unit, month, values).Set("submissionId", NewId());
        if (month.StartsWith("2021", StringComparison.Ordinal) || run.Random.Chance(0.3))
        {
            report.Corrected();
        }

        // Some revisions come before the ones that they follow.
        report.Set("revision", run.Random.Chance(0.2) ? revision + 1 : revision);
        return (unit, report);
    }

    private IEnumerable<JsonObject> VillageFigures()
    {
        yield return Figure("PETITIONS", "件");
        if (run.Random.Chance(0.5))
        {
            yield return Figure("PROFIT", "万元");
        }

        if (run.Random.Chance(0.3))
        {
            yield return Figure("FIRMS", "家");
        }
    }

    private JsonObject Figure(string indicator, string unit)
    {
        var figure = Value(indicator, run.Random.Between(0, 30), unit);
        if (run.Random.Chance(0.15))
        {
            figure.Remove("value");
            figure["withdraw"] = new JsonArray("value");
        }

        return figure;
    }

    private void ReadReceipts()
    {
        for (; _receiptsSeen < run.Bus.Receipts.Count; _receiptsSeen++)
        {
            var receipt = run.Bus.Receipts[_receiptsSeen];
            if (_answered.Add(receipt.SubmissionId) && receipt is { Verdict: Verdict.Accepted, Revision: > 0 })
            {
                _reviewable.Add(receipt);
            }
        }
    }
}
