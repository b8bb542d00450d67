using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Aggregator.Tests.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Rankings;

/// <summary>Two months were ranked; then the service starts with an edited catalogue.</summary>
public sealed class A_ranking_after_a_change_of_the_catalogue : IDisposable
{
    private static readonly Catalogue Before = TestDistrict.Moving(new Period(2030, 1));
    private readonly RestartableCubeHost _disk = new(Before);
    private readonly SubmissionsAccepted _pack = UniformDistrict.Pack(UniformDistrict.Year(2022, months: 2));

    public A_ranking_after_a_change_of_the_catalogue() => _disk.Step(_pack);

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void Ends_where_only_one_sibling_is_left()
    {
        var said = SaidAfter(TestDistrict.Moving(new Period(2022, 2)))
            .Where(ranking => ranking is { Parent: TestDistrict.Street2, Indicator: TestDistrict.Firms }).ToList();
        var ended = Assert.Single(said);
        Assert.Equal(("2022-02", RankingEnd.FewerThanTwo, RankingMeasure.Value, 2), (ended.Period, ended.Ended, ended.By, ended.Version));
        Assert.Empty(ended.Units);
        Assert.Empty(ended.Cause);
    }

    [Fact]
    public void Ends_in_every_month_where_the_indicator_is_not_ranked_any_more()
    {
        var said = SaidAfter(TestDistrict.Unranked(Before, indicator => indicator.Code.Value == TestDistrict.Firms));
        Assert.Equal(
            from parent in new[] { TestDistrict.District, TestDistrict.Street1, TestDistrict.Street2 }
            from period in new[] { "2022-01",
                "2022-02" }
            select (parent, period),
            said.Select(ranking => (ranking.Parent, ranking.Period)).Order());
        Assert.All(said,
            ranking => Assert.Equal((TestDistrict.Firms, RankingEnd.NotRanked, RankingMeasure.None, 0),
                (ranking.Indicator, ranking.Ended, ranking.By, ranking.Units.Count)));
    }

    [Fact]
    public void Begins_again_when_the_edit_is_taken_back()
    {
        SaidAfter(TestDistrict.Unranked(Before, indicator => indicator.Code.Value == TestDistrict.Firms));
        var said = SaidAfter(Before);
        Assert.Equal(6, said.Count);
        Assert.All(said,
            ranking => Assert.Equal<(RankingEnd?, RankingMeasure, int)>((null, RankingMeasure.Value, 3),
                (ranking.Ended, ranking.By, ranking.Version)));
        Assert.All(said, ranking => Assert.Contains(ranking.Units, unit => unit.Rank == 1));
    }

    private List<RankingPublished> SaidAfter(Catalogue edited)
    {
        _disk.Restart(edited);
        var said = _disk.Step().OfType<RankingPublished>().ToList();
        _disk.AssertMatchesOracle(_pack.Submissions);
        Assert.Empty(_disk.Step());
        return said;
    }
}
