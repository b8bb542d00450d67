using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>The first report of April has come to a street, and the district has not summed April yet.</summary>
public sealed class A_partition_that_waits_for_another : IDisposable
{
    private static readonly Period April = StreetCube.March.AddMonths(1);
    private readonly StreetCube _street = new();
    private readonly CubeHost _follower;
    private readonly long _published;

    public A_partition_that_waits_for_another()
    {
        _street.Hear(summedThrough: StreetCube.March.Month);
        _published = _street.Host.AppliedThrough;
        _follower = _street.CreateHost();
        _follower.Follow();
    }

    [Fact]
    public void Says_that_its_figures_are_of_the_rows_and_months_of_before_until_it_has_what_it_waits_for()
    {
        var last = _street.Apply(StreetCube.ReportsOf(April, revision: 1));
        _follower.Follow();
        Assert.All([_street.Host, _follower], host => AssertShows(host, _published, StreetCube.March));

        _street.Host.Load();
        AssertShows(_street.Host, _published, StreetCube.March);
        _street.Hear(summedThrough: April.Month);
        _follower.Follow();
        Assert.All([_street.Host, _follower], host => AssertShows(host, last, April));
    }

    public void Dispose()
    {
        _follower.Dispose();
        _street.Dispose();
    }

    private static void AssertShows(CubeHost host, long row, Period month)
    {
        var shown = host.Model.Current;
        Assert.Equal((row, month), (shown.Through, shown.Horizons[^1]));
        Assert.Equal(month == April, shown.Totals.All.Any(total => total.Key.Period == April.Number));
    }
}
