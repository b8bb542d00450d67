using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Alerts;

/// <summary>A firm has an alert; then its target, its only reason to be summed, is taken out of the catalogue.</summary>
public sealed class An_alert_of_a_firm_whose_target_was_taken_out
{
    private static readonly Target Target =
        new(new UnitCode(TestDistrict.FirmCode(0)), new IndicatorCode(TestDistrict.Output), 2022, TargetKind.Growth, 50);

    private static readonly ColourRule Colours = new(UnitLevel.Enterprise, ColourScheme.Pace, 10, 30, 2, false);

    [Fact]
    public void Is_cleared_and_leaves_the_published_model()
    {
        var published = new PublishedResults([], 0);
        var model = new PublishedModel();
        Step(new Cube.IndicatorCube(TestDistrict.Fixed([Target], Colours)), published, model);
        var id = new AlertId(Target.Unit.Value, Target.Indicator.Value, Target.Year);
        Assert.NotNull(model.Current.Alerts.GetValueOrDefault(id));

        var without = new Cube.IndicatorCube(TestDistrict.Fixed([], Colours));
        var results = Step(without, published, model);
        Assert.Single(results.Messages, message => message.Message is AlertCleared);
        Assert.Null(results.Alerts.Single(alert => alert.Key == id).Value);
        Assert.Null(model.Current.Alerts.GetValueOrDefault(id));
    }

    private static StepResults Step(Cube.IndicatorCube cube, PublishedResults published, PublishedModel model)
    {
        foreach (var submission in UniformDistrict.Year(2021).Concat(UniformDistrict.Year(2022, months: 3)))
        {
            cube.Apply(submission);
        }

        Invalidation.InvalidateAll(cube);
        var changes = cube.TakeChanges();
        var results = new ResultBuilder(cube, published, AggregatorFixture.Now).Build(changes);
        if (!model.IsOf(cube))
        {
            model.Load(cube, SnapshotReader.Read(cube, [], 0, AggregatorFixture.Now));
        }

        model.Apply(cube, results, changes, 0, ReleasedMonths.None);
        return results;
    }
}
