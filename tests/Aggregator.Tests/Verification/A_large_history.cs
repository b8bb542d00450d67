using System.Globalization;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using Xunit.Abstractions;

namespace XilinIngest.Aggregator.Tests.Verification;

/// <summary>
/// The verifier is of use only if it is done in a breath: it reads a stream once. <c>XILIN_FIRMS=20000</c> measures a city.
/// </summary>
public sealed class A_large_history(ITestOutputHelper output)
{
    private static readonly int Firms =
        int.TryParse(Environment.GetEnvironmentVariable("XILIN_FIRMS"), CultureInfo.InvariantCulture, out var firms) ? firms : 500;

    [Fact]
    public void Is_verified_within_the_time_limit()
    {
        var catalogue = TestDistrict.Large(Firms);
        var teller = new AggregatorFixture(catalogue);
        teller.Step(Accepted(catalogue));
        var started = TimeProvider.System.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        teller.AssertMatchesOracle(Accepted(catalogue));
        var took = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine(
            $"{Firms} firms, 24 months: verified in {took.TotalSeconds:0.0} s, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} "
            + $"MB allocated, working set {Environment.WorkingSet >> 20} MB");
        Assert.InRange(took.TotalSeconds, 0, 30);
    }

    private static IEnumerable<AcceptedSubmission> Accepted(Catalogue catalogue) =>
        from month in Enumerable.Range(0, 24)
        let period = new Period(2021, 1).AddMonths(month)
        from unit in catalogue.Units.All
        let values = catalogue.Indicators.Where(indicator => indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period))
            .Select(indicator =>
                new AcceptedValue
                {
                    Indicator = indicator.Code.Value,
                    Value = indicator.Kind.StagesOf(indicator).Count > 0
                    ? unit.Index % 2 : unit.Index + month + 0.25m,
                    Denominator = indicator.Kind == RateKind.Instance ? 9 : null
                }).ToList()
        where values.Count > 0
        select SubmissionHistory.Submission(unit.Code.Value, period, 1, AggregatorFixture.Now,
            new Guid(unit.Index, (short)month, 1, 0, 0, 0, 0, 0, 0, 0, 0), values)
            with
        { Sequence = (month * catalogue.Units.All.Count) + unit.Index + 1 };
}
