using System.Text.Json.Nodes;
using CsCheck;
using XilinIngest.Contracts;
using XilinIngest.Worker.Ledger;
using static XilinIngest.TestFixtures.MonthMessages;
using static XilinIngest.TestFixtures.ReviewMessages;

namespace XilinIngest.Worker.Tests.Reviews;

/// <summary>
/// Reviews, months, submissions, revisions and repetitions, by two workers in batches of any size, against a list of rules that is written
/// down below as a clerk would say them.
/// </summary>
public sealed class Reviews_in_any_order
{
    private const string July = "2022-07";
    private const string Village2 = "320404007202";
    private static readonly string[] Indicators = ["PETITIONS", "FIRMS", "PROFIT"];

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Enum<StepKind>(), Gen.Bool, Gen.Int[1, 7], Gen.Int[0, 40], Gen.Int[0, 120],
        (kind, isOther, named, back, days) => new Step(kind, isOther ? Village2 : Village, named, back, days));

    private enum StepKind
    {
        Submit, Revise, Approve, Return, ReturnOfOther, Close, Reopen, Repeat, Wait,
    }

    [Fact]
    public void Are_judged_by_the_rows_before_them() => Gen.Select(AnyStep.Array[1, 50], Gen.Int[1, 6], Gen.Bool.Array[40]).Sample(
        (steps, batchSize, workers) =>
        {
            using var catalogue = ReviewedCatalogue();
            using var ledger = new LedgerFixture(catalogue.Path);
            using var second = ledger.NewCommitter();
            var plain = new PlainReviews();
            var sent = new List<(JsonObject Message, string Expected)>();
            var batch = new List<(JsonObject Message, string Expected)>();
            var batches = 0;
            foreach (var step in steps)
            {
                if (step.Kind == StepKind.Wait)
                {
                    Commit();
                    ledger.Clock.Advance(TimeSpan.FromDays(step.Days));
                    continue;
                }

                var next = step.Kind == StepKind.Repeat && sent.Count > 0
                    ? sent[step.Back % sent.Count] : plain.Judge(step, ledger.Clock.GetUtcNow());
                sent.Add(next);
                batch.Add(next);
                if (batch.Count >= batchSize)
                {
                    Commit();
                }
            }

            Commit();
            Assert.Empty(ledger.Verify().Faults);
            var states = new RecordedStates();
            ledger.Rows().ToList().ForEach(states.Apply);
            Assert.Equal(plain.Returned.Order(), states.Reviews.Returned.Order());

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

    // Notices of revisions and who is missing are another test's.
    private static string VerdictOf(SubmissionReceipt receipt) => string.Join(' ', receipt.Findings
        .Select(finding => finding.Rule).Where(rule => rule is "F206" or "F207" || rule[..2] == "F8")
        .Prepend(receipt.Verdict.ToWireName()));

    private sealed record Step(StepKind Kind, string Unit, int Named, int Back, int Days);

    private sealed class PlainReviews
    {
        private readonly List<string> _rows = [];
        private readonly Dictionary<(string Unit, string Indicator), (int Revision, int Row)> _winners = [];
        private readonly Dictionary<int, string> _reviews = [];
        private bool _isReopened;
        private bool? _isClosed;
        private DateTimeOffset _locks = new(2023, 6, 30, 18, 0, 0, TimeSpan.FromHours(8));

        public IEnumerable<long> Returned => _reviews.Where(review => review.Value == "return").Select(review => (long)review.Key);

        public (JsonObject Message, string Expected) Judge(Step step, DateTimeOffset now)
        {
            var isLocked = !_isReopened && now > _locks;
            var row = _rows.Count + 1;
            var answer = step.Kind switch
            {
                StepKind.Approve or StepKind.Return or StepKind.ReturnOfOther => Review(step, isLocked),
                StepKind.Close => Close(now, isLocked),
                StepKind.Reopen => Reopen(now, isLocked),
                _ => Submit(step, row, isLocked),
            };

            // Each message has a row, and only an accepted report can be reviewed.
            _rows.Add(answer.Expected == "accepted" && answer.Message.ContainsKey("values") ? step.Unit : "");
            return answer;
        }

        private (JsonObject Message, string Expected) Submit(Step step, int row, bool isLocked)
        {
            var revision = row * 7919 % 1000 + 1;
            var named = Indicators.Where((_, i) => (step.Named & 1 << i) != 0).ToList();
            var sheet = NewSubmission(step.Unit, July, [.. named.Select(indicator =>
                Value(indicator, 4, indicator switch { "PETITIONS" => "件", "FIRMS" => "家", _ => "万元" }))])
                .Set("revision", revision).Corrected();
            if (isLocked)
            {
                return (sheet, "refused F207");
            }

            var won = named.Where(indicator => _winners.GetValueOrDefault((step.Unit, indicator)).Revision < revision).ToList();
            won.ForEach(indicator => _winners[(step.Unit, indicator)] = (revision, row));
            return (sheet, won.Count > 0 ? "accepted" : "superseded");
        }

        private (JsonObject Message, string Expected) Review(Step step, bool isLocked)
        {
            var row = step.Back % (_rows.Count + 1) + 1;
            var of = row <= _rows.Count ? _rows[row - 1] : "";
            var unit = step.Kind == StepKind.ReturnOfOther || of == "" ? step.Unit : of;
            var decision = step.Kind == StepKind.Approve ? "approve" : "return";
            var found = isLocked ? " F809" : "";
            found += row > _rows.Count ? " F801"
                : of == "" ? " *"
                : of != unit ? " F802"
                : _winners.All(winner => winner.Value.Row != row) ? " F804"
                : _reviews.GetValueOrDefault(row) == decision ? " F806" : "";
            var message = decision == "approve" ? Approving(row, unit, July) : Returning(row, unit, July);
            if (found.EndsWith('*'))
            {
                // A row of another kind may be of another unit too; this test asks for none.
                return (Approving(999, unit, July), "refused" + (isLocked ? " F809" : "") + " F801");
            }

            if (found == "")
            {
                _reviews[row] = decision;
            }

            return (message, found == "" ? "accepted" : "refused" + found);
        }

        private (JsonObject Message, string Expected) Close(DateTimeOffset now, bool isLocked)
        {
            var taken = _isClosed != true && !isLocked;

            // The calendar's time for corrections, from 20 September to 30 June, counts anew after a reopening.
            var corrected = now + TimeSpan.FromDays(283);
            _locks = taken && _isReopened && corrected > _locks ? corrected : _locks;
            (_isClosed, _isReopened) = taken ? (true, false) : (_isClosed, _isReopened);
            return (Closing(July), taken ? "accepted" : "refused");
        }

        private (JsonObject Message, string Expected) Reopen(DateTimeOffset now, bool isLocked)
        {
            var isClosed = _isClosed ?? now > new DateTimeOffset(2022, 9, 20, 18, 0, 0, TimeSpan.FromHours(8));
            var taken = isClosed || isLocked;
            (_isClosed, _isReopened) = taken ? (false, true) : (_isClosed, _isReopened);
            return (Reopening(July), taken ? "accepted" : "refused");
        }
    }
}
