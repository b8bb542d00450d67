using System.Text.Json.Nodes;
using CsCheck;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using static XilinIngest.TestFixtures.MonthMessages;

namespace XilinIngest.Worker.Tests.Months;

/// <summary>
/// Closings and reopenings among submissions, revisions and repetitions, by two workers in batches of any size, against a list of rules
/// that is written down below as a clerk would say them.
/// </summary>
public sealed class Months_in_any_order
{
    private static readonly string[] Periods = ["2021-05", "2022-05", "2022-06", "2022-07"];

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Enum<StepKind>(), Gen.Int[0, Periods.Length - 1], Gen.Bool, Gen.Int[0, 60], Gen.Int[0, 40],
        (kind, period, isReasoned, days, back) => new Step(kind, Periods[period], isReasoned, days, back));

    private enum StepKind
    {
        Submit, Revise, Close, Reopen, ReopenForDays, Repeat, WaitForDays,
    }

    [Fact]
    public void Are_judged_by_the_rows_before_them() => Gen.Select(AnyStep.Array[1, 40], Gen.Int[1, 6], Gen.Bool.Array[40]).Sample(
        (steps, batchSize, workers) =>
        {
            using var ledger = new LedgerFixture();
            using var second = ledger.NewCommitter();
            var plain = new PlainMonths();
            var sent = new List<(JsonObject Message, string Expected)>();
            var batch = new List<(JsonObject Message, string Expected)>();
            var batches = 0;
            foreach (var step in steps)
            {
                // The clock stands still within a batch, as one commit has one time.
                if (step.Kind == StepKind.WaitForDays)
                {
                    Commit();
                    ledger.Clock.Advance(TimeSpan.FromDays(step.Days));
                    continue;
                }

                var next = step.Kind == StepKind.Repeat && sent.Count > 0
                    ? sent[step.Back % sent.Count] : plain.Judge(step, sent.Count, ledger.Clock.GetUtcNow());
                sent.Add(next);
                batch.Add(next);
                if (batch.Count >= batchSize)
                {
                    Commit();
                }
            }

            Commit();
            Assert.Empty(ledger.Verify().Faults);

            void Commit()
            {
                if (batch.Count == 0)
                {
                    return;
                }

                var committer = workers[batches++ % workers.Length] ? second : ledger.Committer;
                var receipts = committer.Commit([.. batch.Select(each => ledger.Prepare(each.Message.Bytes()))]).Receipts;
                Assert.Equal(batch.Select(each => each.Expected), receipts.Select(each => VerdictOf(each.Receipt)));
                batch.Clear();
            }
        },
        iter: 60, threads: 1);

    // Findings of figures and of revisions are another test's.
    private static string VerdictOf(SubmissionReceipt receipt) => string.Join(' ', receipt.Findings
        .Select(finding => finding.Rule).Where(rule => rule is "F206" or "F207" || rule[..2] == "F7").Prepend(
            receipt.Verdict == Verdict.Refused ? "refused" : "taken"));

    private sealed record Step(StepKind Kind, string Period, bool IsReasoned, int Days, int Back);

    private sealed class PlainMonths
    {
        private readonly Dictionary<string, (bool IsClosed, DateTimeOffset? ClosesAt, bool WasReopened)> _rows = [];
        private int _revision;

        public (JsonObject Message, string Expected) Judge(Step step, int number, DateTimeOffset now)
        {
            var period = Period.Parse(step.Period);
            var start = new DateTimeOffset(period.Year, period.Month, 1, 0, 0, 0, TimeSpan.FromHours(8));
            DateTimeOffset? closes = start.AddMonths(2).AddDays(19).AddHours(18);
            DateTimeOffset? locks = new DateTimeOffset(period.Year + 1, 6, 30, 18, 0, 0, TimeSpan.FromHours(8));
            var (isClosedByRow, closesAt, wasReopened) = _rows.GetValueOrDefault(step.Period);
            if (wasReopened)
            {
                // The calendar's time for corrections counts from when it closes again.
                var corrected = closesAt + (locks - closes);
                (closes, locks) = (closesAt, corrected is null ? null : corrected > locks ? corrected : locks);
            }

            var (isClosed, isLocked) = (isClosedByRow || now > closes, now > locks);
            var isClosing = step.Kind == StepKind.Close;
            if (step.Kind is StepKind.Submit or StepKind.Revise or StepKind.Repeat or StepKind.WaitForDays)
            {
                var sheet = NewSubmission(Village, step.Period, Petitions(number % 3 + 4)).Set("revision", ++_revision);
                return (step.IsReasoned ? sheet.Corrected() : sheet,
                    isLocked ? "refused F207" : isClosed && !step.IsReasoned ? "refused F206" : "taken");
            }

            // Someone is always missing: the firm never reports.
            List<string> found = isClosing
                ? [isClosedByRow ? "F701" : isLocked ? "F702" : step.IsReasoned ? "F704" : "F703"]
                : [.. isClosed ? Array.Empty<string>() : ["F705"], .. step.IsReasoned ? Array.Empty<string>() : ["F706"]];
            DateTimeOffset? reopenedUntil = step.Kind == StepKind.ReopenForDays ? now.AddDays(step.Days + 1) : null;
            var taken = found.Count == 0 || found[0] == "F704";
            if (taken)
            {
                _rows[step.Period] = (isClosing, isClosing ? now : reopenedUntil, wasReopened || !isClosing);
            }

            var reason = step.IsReasoned ? Reason : null;
            return (isClosing ? Closing(step.Period, reason) : Reopening(step.Period, reason, reopenedUntil?.ToString("O")),
                string.Join(' ', found.Prepend(taken ? "taken" : "refused")));
        }
    }
}
