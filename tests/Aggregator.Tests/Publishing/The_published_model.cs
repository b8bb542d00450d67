using System.Text;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>The model that answers are read from, beside what is stored and what goes to the bus.</summary>
public sealed class The_published_model
{
    private static readonly IReadOnlyList<AcceptedSubmission> TwoYears =
        [.. UniformDistrict.Year(2021), .. UniformDistrict.Year(2022, months: 6)];

    [Fact]
    public void Holds_the_newest_stored_version_of_every_total_and_ranking_as_its_text()
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        disk.Step(UniformDistrict.Pack(TwoYears));
        AssertHoldsWhatIsStored(disk);

        // Loaded again from the store, it is the same.
        var before = Texts(disk.Host.Model.Current);
        disk.Restart(UniformDistrict.Catalogue);
        Assert.Equal(before, Texts(disk.Host.Model.Current));
        AssertHoldsWhatIsStored(disk);
    }

    [Fact]
    public void Gives_the_same_answers_after_a_restart_before_and_after_the_first_step()
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        disk.Step(UniformDistrict.Pack(TwoYears));
        var before = Answers(disk.Host.Model.Current);
        disk.Restart(UniformDistrict.Catalogue);
        Assert.Equal(before, Answers(disk.Host.Model.Current));
        Assert.Empty(disk.Step());
        Assert.Equal(before, Answers(disk.Host.Model.Current));
    }

    [Fact]
    public void Keeps_what_a_reader_holds_while_steps_go_on()
    {
        var teller = new AggregatorFixture(UniformDistrict.Catalogue);
        teller.Step(TwoYears);
        var held = teller.Published;
        var before = Answers(held);
        teller.Step(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(2022, 5), 1000));
        Assert.Equal(before, Answers(held));
        Assert.NotEqual(before, Answers(teller.Published));
    }

    [Fact]
    public void Shows_a_firm_s_figures_as_it_reported_them_last()
    {
        var teller = new AggregatorFixture(UniformDistrict.Catalogue);
        teller.Step(TwoYears);
        teller.Step(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(2022, 5), 1000));
        var published = teller.Published;
        var firm = published.Catalogue.Units[new UnitCode(TestDistrict.FirmCode(0))];
        var output = published.Catalogue.Indicators.Single(indicator => indicator.Code.Value == TestDistrict.Output);
        Assert.Equal(1000m, SeriesPointBuilder.Build(published, firm, output, new Period(2022, 5)).Month);
        Assert.False(published.HasTotals(firm));
    }

    [Fact]
    public void Serialises_each_result_once_and_sends_the_stored_text()
    {
        var published = new PublishedResults([], 0);
        var cube = new Cube.IndicatorCube(UniformDistrict.Catalogue);
        foreach (var submission in TwoYears)
        {
            cube.Apply(submission);
        }

        var results = new ResultBuilder(cube, published, AggregatorFixture.Now).Build(cube.TakeChanges());
        var publications = published.TakeNew().Publications;
        var versions = publications.SelectMany(PublicationReader.VersionsIn).ToList();

        // Nothing was published before: each serialised result is a new version, stored, in the model and on the bus.
        Assert.Equal(versions.Count, published.SerializedCount);
        Assert.Equal(versions.Count,
            results.Totals.Count + results.Rankings.Count + versions.Count(version => version.Id.Kind == ResultKinds.Alert));
        Assert.Equal(publications.Select(publication => publication.Payload),
            results.Messages.Select(message => Encoding.UTF8.GetString(message.Json)));
        Assert.All(results.Messages, result => Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(result.Message, result.Message.GetType(), WireFormat.Options),
            Encoding.UTF8.GetString(result.Json)));
    }

    private static void AssertHoldsWhatIsStored(RestartableCubeHost disk)
    {
        var newest = disk.Versions.GroupBy(version => version.Id).Select(versions => versions.Last())
            .Where(version => version.Id.Kind != ResultKinds.Alert)
            .Select(version => $"{version.Id.Kind} {version.Id.Unit} {version.Id.Indicator} {version.Id.Period} "
                + Encoding.UTF8.GetString(version.Json));
        Assert.Equal(newest.Order(StringComparer.Ordinal), Texts(disk.Host.Model.Current));
    }

    private static List<string> Texts(PublishedSnapshot published) =>
    [
        .. published.Totals.All.Where(total => total.Value.Json is not null).Select(total => $"total {Text(total.Key, total.Value.Json!)}")
            .Concat(published.Rankings.All.Select(ranking => $"ranking {Text(ranking.Key, ranking.Value.Json)}"))
            .Order(StringComparer.Ordinal),
    ];

    private static string Text(FigureId id, byte[] json) => $"{id.Unit} {id.Indicator} {id.Period} {Encoding.UTF8.GetString(json)}";

    // Every overview, every report, every alert.
    private static List<string> Answers(PublishedSnapshot published) =>
    [
        .. from unit in published.Catalogue.Units.All
           where published.HasTotals(unit)
           from month in Enumerable.Range(1, 12)
           let overview = OverviewTexts.Build(published, unit, new Period(2022, month))
           let report = ReportBuilder.Build(published, unit, 2022, month)
           select System.Text.Json.JsonSerializer.Serialize(overview, Hosting.ApiJson.Options)
           + System.Text.Json.JsonSerializer.Serialize(report, Hosting.ApiJson.Options),
        .. AlertQueries.Current(published, 2022, null).Select(alert => alert.ToString()),
    ];
}
