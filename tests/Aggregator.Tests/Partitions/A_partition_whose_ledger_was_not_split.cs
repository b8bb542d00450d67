using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Partitions;

/// <summary>
/// partitions.csv names a street by mistake, whose reports are in the ledger of the district. The worker refuses it and does not start; the
/// aggregator does.
/// </summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class A_partition_whose_ledger_was_not_split : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string District = "32.04.04";
    private const string Street = "32.04.04.001";

    private readonly PartitionedService _service = new(UniformDistrict.Catalogue, District, Street);

    public async Task InitializeAsync()
    {
        await _service.StartAsync();
        await _service.AcceptAsync(UniformDistrict.Year(2021));
        await _service.AcceptAsync(UniformDistrict.Year(2022, months: 3));
        await _service.SettleAsync();
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Takes_no_figures_out_of_the_results_of_the_units_above()
    {
        var before = ResultsOfDistrict();
        await _service.StopAsync();
        _service.WritePartitions(District, Street, "32.04.04.002");

        await _service.RestartAsync();
        await _service.SettleAsync();

        Assert.Equal(before, ResultsOfDistrict());
    }

    private List<string> ResultsOfDistrict() =>
    [
        .. _service.Newest().Select(each => each.Version).Where(version => version.Id.Unit == TestDistrict.District)
            .Select(version => $"{version.Id} {version.Version}").Order(StringComparer.Ordinal),
    ];
}
