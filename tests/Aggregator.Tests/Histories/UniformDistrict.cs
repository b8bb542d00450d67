using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>A plain district in which everybody reports everything, every month, 10 of each.</summary>
internal static class UniformDistrict
{
    public static readonly ColourRule StreetColours = new(UnitLevel.Street, ColourScheme.Pace, 10, 30, 2, false);
    public static readonly ColourRule VillageColours = new(UnitLevel.Village, ColourScheme.Pace, 10, 30, 2, true);

    public static readonly Catalogue Catalogue = With(
        new Target(new UnitCode(TestDistrict.Village1), new IndicatorCode(TestDistrict.Output), 2022, TargetKind.Growth, 5),
        new Target(new UnitCode(TestDistrict.Street1), new IndicatorCode(TestDistrict.Output), 2022, TargetKind.Growth, 5));

    public static Catalogue With(params Target[] targets) => TestDistrict.Fixed(targets, StreetColours, VillageColours);

    /// <summary>All that is due of a year's first months.</summary>
    public static IEnumerable<AcceptedSubmission> Year(int year, int months = 12) =>
        Enumerable.Range(1, months).SelectMany(month => Month(new Period(year, month)));

    public static IEnumerable<AcceptedSubmission> Month(Period period) =>
        from unit in Catalogue.Units.All
        let values = Catalogue.Indicators.Where(indicator => indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period))
        .Select(Ten).ToList()
        where values.Count > 0
        select SubmissionHistory.Submission(unit.Code.Value, period, 1, AggregatorFixture.Now.AddYears(-1),
            IdOf(unit.Index, period.Number, 1), values);

    /// <summary>A later revision that names one value; null withdraws it.</summary>
    public static AcceptedSubmission Revision(
        string unit, string indicator, Period period, decimal? value, int revision = 2) => SubmissionHistory.Submission(
        unit, period, revision, AggregatorFixture.Now, IdOf(unit[^4] * 256 + unit[^2], period.Number, revision),
        [new AcceptedValue { Indicator = indicator, Value = value, Withdrawn = value is null }]) with
        { Sequence = 100_000 + revision };

    public static SubmissionsAccepted Pack(params IEnumerable<AcceptedSubmission> submissions)
    {
        var numbered = submissions.Select((submission, i) => submission with { Sequence = i + 1 }).ToList();
        return new SubmissionsAccepted { FromSequence = 1, ToSequence = numbered.Count, Submissions = numbered };
    }

    private static AcceptedValue Ten(Indicator indicator) => indicator.Kind == RateKind.Instance
        ? new AcceptedValue { Indicator = indicator.Code.Value, Numerator = 10, Denominator = 20 }
        : new AcceptedValue { Indicator = indicator.Code.Value, Value = 10 };

    private static Guid IdOf(int unit, int period, int revision) =>
        new(unit, (short)(period % 10_000), (short)revision, 0, 0, 0, 0, 0, 0, 0, 1);
}
