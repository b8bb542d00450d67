using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>The cube of a street to which many submissions came, and what it has of April, the month ahead of the newest report.</summary>
public sealed class A_partition_under_load : IDisposable
{
    private static readonly Period March = StreetCube.March;
    private readonly StreetCube _street = new();

    [Fact]
    public void Leaves_it_out_as_long_as_many_come()
    {
        Assert.Equal(March.Month, SummedThrough());
        for (var i = 0; i < 4; i++)
        {
            _street.Pass(0.5);
            _street.Apply(StreetCube.ReportsOf(March, revision: 2 + i));
            Assert.Equal(March.Month, SummedThrough());
        }
    }

    [Fact]
    public void Sums_it_after_a_second_in_which_none_came()
    {
        _street.Pass(1);
        _street.Step();
        Assert.Equal(March.Month + 1, SummedThrough());
    }

    [Fact]
    public void Sums_it_though_few_come_all_the_time()
    {
        for (var i = 0; i < 21; i++)
        {
            _street.Pass(0.5);
            _street.Apply(StreetCube.ReportsOf(March, revision: 2 + i).Take(1));
        }

        Assert.Equal(March.Month + 1, SummedThrough());
    }

    [Fact]
    public void Sums_it_although_the_ledger_answers_that_it_has_no_more_rows()
    {
        for (var i = 0; i < 3; i++)
        {
            _street.Pass(0.5);
            _street.Apply([]);
        }

        Assert.Equal(March.Month + 1, SummedThrough());
    }

    [Fact]
    public void Has_to_tell_that_it_is_summed_even_where_nothing_is_carried_into_it()
    {
        _street.Apply(Enumerable.Range(4, 9).SelectMany(month => StreetCube.ReportsOf(new Period(2022, month), revision: 1)));
        _street.Pass(1);

        Assert.True(_street.Host.Step([], [], RollUpSending.Nothing).HasToSend);
        Assert.False(_street.Host.Step([], [], RollUpSending.Sums).HasToSend);
    }

    public void Dispose() => _street.Dispose();

    private int SummedThrough() =>
        _street.Host.Read((cube, _) => cube.ReportedMonths().Single(year => year.Year == March.Year).PartsThrough);
}
