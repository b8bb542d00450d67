using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Alerts;

/// <summary>One life per unit, indicator and year: raised, worse or better, cleared; each once.</summary>
public sealed class An_alert
{
    private static readonly Period May = new(2022, 5);
    private readonly AggregatorFixture _teller =
        new(UniformDistrict.With(
            new Target(new UnitCode(TestDistrict.Village1), new IndicatorCode(TestDistrict.Output), 2022, TargetKind.Growth, 0)));

    public An_alert()
    {
        _teller.Step(UniformDistrict.Year(2021));
        _teller.Step(UniformDistrict.Year(2022, months: 4));
    }

    [Fact]
    public void Is_not_raised_from_a_half_reported_month()
    {
        // Firm 0 alone: village 1 would be 50 points behind if the other firm's silence were a zero.
        Assert.Empty(Alerts(_teller.Step(UniformDistrict.Month(May).Where(submission => submission.Unit == TestDistrict.FirmCode(0)))));
        Assert.Empty(Alerts(_teller.Step(UniformDistrict.Month(May))));
    }

    [Fact]
    public void Ends_its_month_as_it_began_when_reports_come_one_by_one()
    {
        Assert.All(UniformDistrict.Month(May), submission => Assert.Empty(Alerts(_teller.Step(submission))));
    }

    [Fact]
    public void Is_raised_becomes_worse_and_better_and_is_cleared_and_says_so_once_each()
    {
        _teller.Step(UniformDistrict.Month(May));
        Assert.Equal("raised amber", Story(In(May, -10, 2)));
        Assert.Equal("", Story(In(May, -11, 3)));
        Assert.Equal("changed red from amber", Story(In(May, -50, 4)));
        Assert.Equal("", Story(In(May, -51, 5)));
        Assert.Equal("changed amber from red", Story(In(May, -10, 6)));
        Assert.Equal("cleared green from amber", Story(In(May, 10, 7)));
        Assert.Equal("", Story(In(May, 11, 8)));
    }

    [Fact]
    public void Is_not_repeated_when_the_same_comes_again()
    {
        _teller.Step(UniformDistrict.Month(May));
        var behind = UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, May, -10);
        Assert.NotEmpty(Alerts(_teller.Step(behind)));
        Assert.Empty(_teller.Step(behind));
    }

    // The figure of the year so far goes to 11, 9.5 and 10.5 points behind; amber begins at 10 and ends, by the margin of 2, at 8.
    [Fact]
    public void Does_not_flap_at_the_threshold()
    {
        _teller.Step(UniformDistrict.Month(May));
        Assert.Equal("raised amber", Story(In(May, -1, 2)));
        Assert.Equal("", Story(Month(6, 9.6m)));
        Assert.Equal("", Story(Month(7, 6.7m)));
        Assert.Equal("cleared green from amber", Story(Month(8, 60m)));
    }

    [Fact]
    public void Stands_when_the_next_month_is_half_reported()
    {
        _teller.Step(UniformDistrict.Month(May));
        _teller.Step(In(May, -50, 2));
        Assert.Empty(
            Alerts(_teller.Step(UniformDistrict.Month(May.AddMonths(1)).Where(submission => submission.Unit == TestDistrict.FirmCode(1)))));
    }

    [Fact]
    public void Is_cleared_when_what_raised_it_is_withdrawn()
    {
        _teller.Step(UniformDistrict.Month(May));
        _teller.Step(In(May, -50, 2));
        Assert.Equal("cleared green from red",
            Story(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, May, null, 3)));
    }

    private static AcceptedSubmission In(Period period, decimal value, int revision) =>
        UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, period, value, revision);

    // A whole month, in which firm 0 has another figure than ten: in one step.
    private static IEnumerable<AcceptedSubmission> Month(int month, decimal value) =>
        UniformDistrict.Month(new Period(2022, month)).Append(In(new Period(2022, month), value, 2));

    private string Story(params IEnumerable<AcceptedSubmission> submissions) =>
        string.Join("; ", Alerts(_teller.Step(submissions)).Select(alert => alert switch
    {
        AlertRaised => $"raised {alert.Colour.ToWireName()}",
        AlertChanged changed => $"changed {alert.Colour.ToWireName()} from {changed.PreviousColour.ToWireName()}",
        AlertCleared cleared => $"cleared {alert.Colour.ToWireName()} from {cleared.PreviousColour.ToWireName()}",
        _ => "?",
    }));

    private static List<AlertEvent> Alerts(IEnumerable<ResultVersion> said) =>
        [.. said.Where(version => version.Id.Kind == ResultKinds.Alert).Select(version => (AlertEvent)version.Contract())];
}
