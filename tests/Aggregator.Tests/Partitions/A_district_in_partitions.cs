using Dapper;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Aggregator.Tests.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using Xunit.Abstractions;

namespace XilinIngest.Aggregator.Tests.Partitions;

/// <summary>A service with a cube for each of four partitions: the district, both streets, and a village within one of them.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class A_district_in_partitions(ITestOutputHelper output) : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string District = "32.04.04";
    private const string Street = "32.04.04.001";
    private const string OtherStreet = "32.04.04.002";
    private static readonly Period March = new(2022, 3);

    private readonly PartitionedService _service =
        new(UniformDistrict.Catalogue, District, Street, "32.04.04.001.201", OtherStreet);

    public async Task InitializeAsync()
    {
        await _service.StartAsync();
        await _service.AcceptAsync(UniformDistrict.Year(2021));
        await _service.AcceptAsync(UniformDistrict.Year(2022, months: 3));
        await _service.SettleAsync();
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Publishes_the_oracles_results_each_from_one_partition_and_after_a_restart_nothing_new()
    {
        _service.AssertMatchesOracle();
        var published = _service.Publications;

        await _service.RestartAsync();
        await _service.SettleAsync();

        _service.AssertMatchesOracle();
        Assert.Equal(published, _service.Publications);
    }

    [Fact]
    public async Task Moves_the_ranking_of_the_district_by_a_submission_of_a_village_within_a_second()
    {
        var since = TimeProvider.System.GetTimestamp();
        await _service.AcceptAsync(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, March, 500));
        await PartitionedService.EventuallyAsync(() => Ranking().Units is [{ Unit: TestDistrict.Street1, Value: var first }, var second, ..]
            && first > second.Value);
        var time = TimeProvider.System.GetElapsedTime(since);

        output.WriteLine($"The ranking of the district moved after {time.TotalMilliseconds:0} ms.");
        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await _service.SettleAsync();
        _service.AssertMatchesOracle();
    }

    [Fact]
    public async Task Asks_for_what_was_lost_as_soon_as_it_hears_of_it()
    {
        // The district hears of messages of a street that it has not received.
        var street = _service.Partitions.Find(District)!.Host.Others.Single(other => other.From == Street);
        var lost = new RollUpBody
        {
            From = Street,
            To = District,
            Position = street.Position with { Version = street.Position.Version + 1 },
            Through = street.Through,
        };
        await _service.Publisher.PublishBodyAsync(
            ServiceExchanges.RollUps, District, RollUpBody.TypeName, lost.Serialize(), CancellationToken.None);
        await PartitionedService.EventuallyAsync(() => _service.Partitions.Find(District)!.Host.Others
            .Single(other => other.From == Street).Position.CompareTo(lost.Position) >= 0);

        await _service.SettleAsync();
        _service.AssertMatchesOracle();
    }

    [Fact]
    public async Task Believes_a_partition_whose_cube_was_lost_although_it_counts_its_epochs_anew()
    {
        await _service.RestartAsync();
        await _service.RestartAsync();
        await _service.SettleAsync();

        await _service.RestartAsync(withoutCubeOf: Street);
        await _service.AcceptAsync(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, March, 500));
        await _service.SettleAsync();

        _service.AssertMatchesOracle();
    }

    [Fact]
    public async Task Goes_on_with_the_others_while_the_database_of_one_is_away()
    {
        using (var blocked = _service.Partitions.Find(OtherStreet)!.Store.Open())
        {
            blocked.Execute("BEGIN IMMEDIATE");
            await _service.AcceptAsync(
                UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, March, 500),
                UniformDistrict.Revision(TestDistrict.FirmCode(3), TestDistrict.Output, March, 700));
            await PartitionedService.EventuallyAsync(() => Ranking().Units is [{ Unit: TestDistrict.Street1 }, ..]
                && Ranking().Version > 1);
            blocked.Execute("ROLLBACK");
        }

        await _service.SettleAsync();
        _service.AssertMatchesOracle();
    }

    [Fact]
    public async Task Is_followed_by_another_process_step_by_step_as_if_it_were_loaded_whole()
    {
        var followers = _service.CreateFollowers();
        Follow(followers);
        var cubes = followers.Select(CubeOf).ToList();
        for (var firm = 0; firm < 4; firm++)
        {
            await _service.AcceptAsync(UniformDistrict.Revision(TestDistrict.FirmCode(firm), TestDistrict.Output, March, 500 + firm));
            Follow(followers);
        }

        await _service.AcceptAsync(
            UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, March, null, revision: 3),
            UniformDistrict.Revision(TestDistrict.Street1, TestDistrict.Budget, new Period(2022, 6), 70));
        await _service.SettleAsync();

        // Between two who read, a month ahead may be summed.
        await _service.StopAsync();
        Follow(followers);

        var loaded = _service.CreateFollowers();
        Follow(loaded);
        Assert.All(loaded.Zip(followers), pair => CubeAnswers.AssertSame(pair.First, pair.Second));
        Assert.Equal(cubes, followers.Select(CubeOf));
        foreach (var host in followers.Concat(loaded))
        {
            host.Dispose();
        }
    }

    private static IndicatorCube CubeOf(CubeHost host) => host.Read((cube, _) => cube);

    private static void Follow(IReadOnlyList<CubeHost> followers)
    {
        foreach (var host in followers)
        {
            host.Follow();
        }
    }

    private RankingPublished Ranking()
    {
        var published = _service.Published;
        Assert.True(published.Catalogue.TryFind(TestDistrict.Output, out var indicator));
        return published.RankingOf(published.Catalogue.Units.Topmost!, indicator, March)!.Ranking;
    }
}
