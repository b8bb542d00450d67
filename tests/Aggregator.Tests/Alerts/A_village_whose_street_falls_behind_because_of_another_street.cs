using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Alerts;

/// <summary>Two steps away from the change: the district's average moves, the street's colour with it, and so the village's silence.</summary>
public sealed class A_village_whose_street_falls_behind_because_of_another_street
{
    [Fact]
    public void Is_silenced()
    {
        var output = new IndicatorCode(World.Output);
        var teller = new Teller(World.Fixed(
            [new Target(new UnitCode(World.Street1), output, 2022, TargetKind.Growth, 0), new Target(new UnitCode(World.Village1), output, 2022, TargetKind.Growth, 50)],
            new ColourRule(UnitLevel.Street, ColourScheme.Siblings, 0, 0, 0, false), Known.VillageColours));
        teller.Step(Known.Year(2021).Concat(Known.Year(2022, months: 5)));

        var said = teller.Step(Known.Revision(World.FirmCode(3), World.Output, new Period(2022, 5), 1000));

        var alerts = said.Where(vintage => vintage.Kind == ResultKinds.Alert).Select(vintage => (AlertEvent)ResultMessages.Read(vintage)).ToList();
        Assert.Equal(
            [(World.Street1, "AlertRaised", "amber", null), (World.Village1, "AlertChanged", "red", World.Street1)],
            alerts.Select(alert => (alert.Unit, alert.GetType().Name, alert.Colour, alert.SilencedBy)).Order());
    }
}
