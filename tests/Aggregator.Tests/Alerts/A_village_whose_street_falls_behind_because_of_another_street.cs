using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Alerts;

/// <summary>
/// Two steps away from the change: the district's average moves, the street's colour with it, and so the village's silence.
/// </summary>
public sealed class A_village_whose_street_falls_behind_because_of_another_street
{
    [Fact]
    public void Has_its_alert_silenced_by_the_alert_of_its_street()
    {
        var output = new IndicatorCode(TestDistrict.Output);
        var teller = new AggregatorFixture(TestDistrict.Fixed(
            [new Target(new UnitCode(TestDistrict.Street1), output, 2022, TargetKind.Growth, 0),
                new Target(new UnitCode(TestDistrict.Village1), output, 2022, TargetKind.Growth, 50)],
            new ColourRule(UnitLevel.Street, ColourScheme.Siblings, 0, 0, 0, false), UniformDistrict.VillageColours));
        teller.Step(UniformDistrict.Year(2021).Concat(UniformDistrict.Year(2022, months: 5)));

        var said = teller.Step(UniformDistrict.Revision(TestDistrict.FirmCode(3), TestDistrict.Output, new Period(2022, 5), 1000));

        var alerts = said.Where(version => version.Id.Kind == ResultKinds.Alert)
            .Select(version => (AlertEvent)version.Contract()).ToList();
        Assert.Equal(
            [(TestDistrict.Street1, "AlertRaised", TargetColour.Amber, null),
                (TestDistrict.Village1, "AlertChanged", TargetColour.Red, TestDistrict.Street1)],
            alerts.Select(alert => (alert.Unit, alert.GetType().Name, alert.Colour, alert.SilencedBy)).Order());
    }
}
