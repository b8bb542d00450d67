using XilinIngest.Admin.Federation;
using XilinIngest.Contracts;
using static XilinIngest.Admin.Tests.Federation.UpperCatalogue;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>What follows from the rows of the upper ledger.</summary>
public sealed class A_month_that_was_reported_before
{
    private const string Source = "西林街道";

    private static readonly Checkpoint Checkpoint = new()
    {
        TreeSize = 9,
        Root = new string('b', 64),
        Time = new DateTimeOffset(2022, 8, 3, 1, 0, 0, TimeSpan.Zero),
        Origin = "street.example/xilin",
        Signatures = ["— street.example/xilin AAAAAAA="],
    };

    [Fact]
    public void Is_not_reported_again_while_its_figures_are_the_same() =>
        Assert.Empty(MonthRevision.FindChanges([Flow(12.50m, version: 9)], Stated(Flow(12.5m))));

    [Fact]
    public void Is_reported_as_the_next_revision_once_a_figure_differs()
    {
        var stated = Stated(Flow(12.5m));
        var submission = Revise(stated, Flow(13m));
        Assert.Equal((2, 13m), (submission.Revision, Assert.Single(submission.Values).Value));
        Assert.Contains("第 7 号", submission.Correction!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_reported_again_once_a_provisional_figure_is_complete()
    {
        var provisional = Flow(12.5m) with { };
        var stated = Stated(provisional with { Total = provisional.Total with { State = ResultState.Provisional } });
        Assert.Single(MonthRevision.FindChanges([Flow(12.5m)], stated));
    }

    [Fact]
    public void Has_a_figure_taken_back_that_is_gone_once_and_not_again()
    {
        var gone = new MappedTotal(Total()) { IsWithdrawn = true };
        Assert.Empty(MonthRevision.FindChanges([gone], Stated()));
        var withdrawal = Revise(Stated(Flow(12.5m)), gone);
        Assert.Equal([FigureNames.Value], Assert.Single(withdrawal.Values).Withdraw);
        Assert.Empty(MonthRevision.FindChanges([gone], StatedMonth.Of([new(8, withdrawal)], Source)));
        Assert.Single(MonthRevision.FindChanges([Flow(12.5m)], StatedMonth.Of([new(8, withdrawal)], Source)));
    }

    [Fact]
    public void Has_a_base_taken_back_by_name_that_is_no_longer_given()
    {
        var before = Flow(12.5m) with { Value = Flow(12.5m).Value! with { LastYear = 80 } };
        Assert.Equal([FigureNames.LastYear], Assert.Single(Revise(Stated(before), Flow(12.5m)).Values).Withdraw);
    }

    [Fact]
    public void Follows_the_revisions_of_others_and_does_not_take_them_for_its_own()
    {
        var others = Revise(Stated(Flow(1m)), Flow(2m)) with { Revision = 5, Origin = null };
        var stated = StatedMonth.Of([new(9, others), new(8, Revise(Stated(), Flow(1m)))], Source);
        Assert.Equal((6, 1m), (stated.NextRevision, stated.Figures[Code].Value.Value));
    }

    [Fact]
    public void Has_one_id_for_one_content_and_another_for_another()
    {
        var ids = new[] { Revise(Stated(), Flow(1m)), Revise(Stated(), Flow(1m)), Revise(Stated(), Flow(2m)) };
        Assert.Equal(ids[0].SubmissionId, ids[1].SubmissionId);
        Assert.NotEqual(ids[0].SubmissionId, ids[2].SubmissionId);
    }

    private static MappedTotal Flow(decimal month, int version = 4) => new(Total() with { Version = version })
    {
        Value = new() { Indicator = Code, Value = month, YearToDate = 100, Unit = "万元" },
    };

    private static SubmitIndicators Revise(StatedMonth stated, params MappedTotal[] changes) =>
        MonthRevision.Create(Source, XilinSubmissions.Xilin, "2022-07", changes, stated, Checkpoint, reason: null);

    private static StatedMonth Stated(params MappedTotal[] totals) => StatedMonth.Of(
        totals.Length == 0 ? [] : [new(7, Revise(new(new Dictionary<string, StatedFigure>(), 1), totals))], Source);
}
