using CsCheck;
using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using Xunit.Abstractions;
using static XilinIngest.Aggregator.Tests.Publishing.RequestPacks;

namespace XilinIngest.Aggregator.Tests.Publishing;

public sealed class A_month_that_is_closed_and_reopened(ITestOutputHelper output)
{
    private static readonly Gen<(int Period, bool IsClosing, int? Days, int Place)> AnyChange = Gen.Select(
        Gen.Int[0, 30], Gen.Bool, Gen.Frequency((1, Gen.Const((int?)null)), (1, Gen.Int[0, 900].Select(days => (int?)days))),
        Gen.Int[0, 9999]);

    [Fact]
    public void Is_final_when_the_oracle_says_so_in_any_order_of_rows_and_after_any_restart() =>
        Gen.Select(SubmissionHistory.Any, AnyChange.Array[1, 12], Gen.UInt, Gen.Int[1, 5], Gen.Int[0, 3]).Sample(
            (history, changes, seed, size, restarts) =>
            {
                using var disk = new RestartableCubeHost(history.Catalogue);
                var (accepted, months) = Interleave(history.Accepted, changes);
                var steps = RandomDelivery.Packs(accepted, seed).Select(pack => WithMonths(pack, months)).Chunk(size).ToList();
                for (var i = 0; i < steps.Count; i++)
                {
                    disk.Step(steps[i]);
                    disk.Clock.Advance(TimeSpan.FromDays(11));
                    if (restarts > 0 && (i + 1) % (1 + (steps.Count / (restarts + 1))) == 0)
                    {
                        disk.Restart(history.Catalogue);
                    }
                }

                // What a restart forgot of the packs beyond a gap comes again, as the replay it asks for.
                disk.Step(WithMonths(UniformDistrict.Pack(accepted), months));
                Assert.Equal(accepted.Count, disk.Host.AppliedThrough);
                var submissions = accepted.Where(row => row.Values.Count > 0).ToList();
                disk.AssertMatchesOracle(submissions, months);
                disk.Restart(history.Catalogue);
                Assert.Empty(disk.Step());
                disk.AssertMatchesOracle(submissions, months);
                disk.AssertReleasesAreOfFinalMonths(submissions, months, []);
                disk.AssertPublishesEachOnce(months, []);
            },
            time: PropertyTimeBudget.Seconds(8), writeLine: output.WriteLine);

    [Fact]
    public void Makes_its_complete_totals_final_and_back_and_names_its_row_as_the_cause()
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        var year = UniformDistrict.Pack(UniformDistrict.Year(2022).ToList());
        disk.Clock.SetUtcNow(new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero));
        disk.Step(year);
        var close = Change(year.ToSequence + 1, "2022-12", MonthTransition.Closed);
        var closed = Totals(disk.Step(PackOf(close)));
        Assert.NotEmpty(closed);
        Assert.All(closed, total => Assert.Equal((ResultState.Final, $"{close.Sequence}"), (total.State, string.Join(' ', total.Cause))));

        Assert.Contains("全年完成", Paragraph(disk), StringComparison.Ordinal);

        disk.Restart(UniformDistrict.Catalogue);
        var reopen = Change(close.Sequence + 1, "2022-12", MonthTransition.Reopened) with { Reason = "漏报一家企业" };
        var reopened = Totals(disk.Step(PackOf(reopen)));
        Assert.Equal(closed.Count, reopened.Count);
        Assert.All(reopened, total => Assert.Equal(ResultState.Complete, total.State));
        Assert.Contains("全年预计完成", Paragraph(disk), StringComparison.Ordinal);
        Assert.Empty(disk.Step(PackOf(reopen)));
        disk.AssertMatchesOracle(year.Submissions, [close, reopen]);

        var state = disk.Host.Read((cube, now) => MonthsQuery.List(cube, 2022, showsNames: true, now))[^1];
        Assert.Equal(("2022-12", MonthStateName.Reopened, null, false), (state.Period, state.State, state.Closes, state.IsFinal));
        Assert.Equal("closed http ; reopened http 漏报一家企业",
            string.Join("; ", state.History.Select(each => $"{each.Transition.ToWireName()} {each.By} {each.Reason}")));
        Assert.All(disk.Host.Read((cube, now) => MonthsQuery.List(cube, 2022, showsNames: false, now))[^1].History,
            each => Assert.Null(each.By));
    }

    private static string Paragraph(RestartableCubeHost disk)
    {
        var published = disk.Host.Model.Current;
        return ReportBuilder.Build(published, published.Catalogue.Units[new(TestDistrict.District)], 2022, 12)!.ParagraphZh;
    }

    private static List<IndicatorTotal> Totals(IReadOnlyList<object> messages) =>
        [.. messages.OfType<TotalsPublished>().SelectMany(message => message.Totals)];

    // Rows without values stand where the changes are, so that the packs can be cut anywhere.
    private static (IReadOnlyList<AcceptedSubmission> Rows, IReadOnlyList<AcceptedMonthChange> Months) Interleave(
        IReadOnlyList<AcceptedSubmission> accepted, IEnumerable<(int Period, bool IsClosing, int? Days, int Place)> changes)
    {
        var rows = accepted.Select(row => (Row: row, Change: default((int Period, bool IsClosing, int? Days, int Place)?))).ToList();
        foreach (var change in changes)
        {
            rows.Insert(change.Place % (rows.Count + 1), (accepted[0] with { Values = [] }, change));
        }

        return ([.. rows.Select((row, i) => row.Row with { Sequence = i + 1 })],
            [.. rows.Select((row, i) => (row.Change, Sequence: i + 1L)).Where(row => row.Change is not null).Select(row =>
                Change(row.Sequence, $"{TestDistrict.Start.AddMonths(row.Change!.Value.Period)}",
                    row.Change.Value.IsClosing ? MonthTransition.Closed : MonthTransition.Reopened) with
                {
                    Until = row.Change.Value is { IsClosing: false, Days: { } days } ? AggregatorFixture.Now.AddDays(days - 300) : null,
                })]);
    }

    private static SubmissionsAccepted WithMonths(SubmissionsAccepted pack, IReadOnlyList<AcceptedMonthChange> months) => pack with
    {
        Submissions = [.. pack.Submissions.Where(row => row.Values.Count > 0)],
        MonthChanges = [.. months.Where(change => change.Sequence >= pack.FromSequence && change.Sequence <= pack.ToSequence)],
    };
}
