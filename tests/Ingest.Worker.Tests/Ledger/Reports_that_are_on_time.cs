using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>The deadline of July 2022 is 8 August, 18:00 in Changzhou.</summary>
public sealed class Reports_that_are_on_time : IDisposable
{
    private const string July = "2022-07";
    private static readonly DateTimeOffset Deadline = new(2022, 8, 8, 18, 0, 0, TimeSpan.FromHours(8));
    private readonly LedgerFixture _ledger = new();
    private int _revision;

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData(-1, ReportTiming.OnTime)]
    [InlineData(0, ReportTiming.OnTime)]
    [InlineData(1, ReportTiming.Late)]
    public void Are_those_that_are_complete_by_the_deadline(int secondsAfter, ReportTiming expected)
    {
        Send(Deadline.AddDays(-2), [.. Due().Take(1)]);
        Send(Deadline.AddSeconds(secondsAfter), [.. Due().Skip(1)]);
        var july = JulyAt(Deadline.AddDays(1));
        Assert.Equal((expected, Deadline.AddSeconds(secondsAfter)), (july.State, july.CompletedAt));
    }

    [Fact]
    public void Stay_so_when_they_are_corrected_later()
    {
        Send(Deadline.AddHours(-1), Due());
        Send(Deadline.AddDays(3), [.. Due().Take(1)]);
        Assert.Equal(ReportTiming.OnTime, JulyAt(Deadline.AddDays(4)).State);
    }

    [Fact]
    public void Are_missing_while_a_figure_is_taken_back()
    {
        Send(Deadline.AddHours(-1), Due());
        Commit(Deadline.AddDays(1), [Value("PETITIONS", null, "件").Set("withdraw", new JsonArray("value"))]);
        Assert.Equal(ReportTiming.Missing, JulyAt(Deadline.AddDays(2)).State);
        Send(Deadline.AddDays(3), Due());
        Assert.Equal(ReportTiming.OnTime, JulyAt(Deadline.AddDays(4)).State);
    }

    [Fact]
    public void Are_counted_for_each_unit_and_open_until_the_deadline()
    {
        Send(Deadline.AddDays(-3), [.. Due().Skip(1)]);
        Assert.Equal(ReportTiming.Open, JulyAt(Deadline).State);
        Assert.Equal(ReportTiming.Missing, JulyAt(Deadline.AddSeconds(1)).State);
        Send(Deadline.AddDays(1), [.. Due().Take(1)]);

        // January to June were not reported; August and later are not due yet.
        var unit = UnitAt(Deadline.AddDays(1), Village);
        Assert.Equal((0, 1, 6, 0m), (unit.OnTime, unit.Late, unit.Missing, unit.OnTimePerCent));
        Assert.All(unit.Months.Skip(7), month => Assert.Equal(ReportTiming.Open, month.State));

        // A village that is new in August.
        Assert.All(UnitAt(Deadline.AddDays(1), NewVillage).Months.Take(7), month => Assert.Equal(ReportTiming.NotDue, month.State));
    }

    private IReadOnlyList<Indicator> Due() => [.. _ledger.Catalogue.Indicators
        .Where(indicator => Contribution.IsDue(indicator, UnitOf(Village), new Period(2022, 7)))];

    private Unit UnitOf(string code) => _ledger.Catalogue.Units.TryFind(code, out var unit) ? unit : throw new ArgumentException(code);

    private void Send(DateTimeOffset at, IReadOnlyList<Indicator> indicators) =>
        Commit(at, [.. indicators.Select(indicator => indicator.Kind == RateKind.Instance
            ? new JsonObject
            {
                ["indicator"] = indicator.Code.Value,
                ["numerator"] = 90,
                ["denominator"] = 100,
                ["unit"] = indicator.CanonicalUnit,
            }
            : Value(indicator.Code.Value, 3, indicator.CanonicalUnit))]);

    private void Commit(DateTimeOffset at, JsonObject[] values)
    {
        _ledger.Clock.SetUtcNow(at);
        var body = NewSubmission(Village, July, values).Set("revision", ++_revision);
        var receipt = _ledger.Receipt(body.Bytes());
        Assert.True(receipt.Verdict == Verdict.Accepted, string.Join('\n', receipt.Findings));
    }

    private MonthTimeliness JulyAt(DateTimeOffset now) => UnitAt(now, Village).Months[6];

    private UnitTimeliness UnitAt(DateTimeOffset now, string unit)
    {
        var street = UnitOf("320404007000");
        return new TimelinessQuery(new Ledgers(_ledger.Catalogues, [_ledger.Run()]))
            .ForYear(_ledger.Catalogue, street, TimelinessQuery.ReportersOf(_ledger.Catalogue, street, 2022), 2022, now)
            .Units.Single(each => each.Unit == unit);
    }
}
