using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reloading;

/// <summary>The real clock and the real file system: what an office does with its editor.</summary>
public sealed class A_catalogue_on_disk : IDisposable
{
    private static readonly UnitCode Xilin = new("320404007000");

    private readonly CatalogueFolder _folder = new();
    private readonly CatalogueSource _source;

    // The poll is far away: what takes here, takes because the file system told.
    public A_catalogue_on_disk() => _source = new(
        new() { Folder = _folder.Path, SettleTime = TimeSpan.FromMilliseconds(100), PollInterval = TimeSpan.FromMinutes(10) },
        TimeProvider.System, new A_catalogue_in_use.ErrorLog());

    public void Dispose()
    {
        _source.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Takes_an_edit_within_a_second_or_so()
    {
        var changed = new TaskCompletionSource();
        _source.Changed += (_, _) => changed.TrySetResult();
        _folder.Append("targets.csv", "320404007000,RETAIL_SALES,2023,growth,4");
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, _source.Current.Targets.Count);
    }

    [Fact]
    public async Task Is_whole_to_every_reader_while_it_is_replaced()
    {
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var reads = 0;
            while (!stop.IsCancellationRequested)
            {
                var catalogue = _source.Current;
                Assert.True(catalogue.TryFind(new IndicatorCode("RETAIL_SALES"), out var sales));
                var found = Enumerable.Range(2022, 10).Count(year => catalogue.TargetOf(catalogue.Units[Xilin], sales, year) is not null);
                Assert.Equal(catalogue.Targets.Count, found + 1);
                Assert.True(catalogue.Rules[0].Condition(Rules.FigureLookup.Create(("month", 7m), ("typical", 1m))));
                reads++;
                Thread.Yield();
            }

            return reads;
        })).ToList();

        for (var i = 0; i < 3; i++)
        {
            var changed = new TaskCompletionSource();
            EventHandler handler = (_, _) => changed.TrySetResult();
            _source.Changed += handler;
            _folder.Append("targets.csv", $"320404007000,RETAIL_SALES,{2023 + i},growth,4");
            await changed.Task.WaitAsync(TimeSpan.FromSeconds(30));
            _source.Changed -= handler;
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
        Assert.Equal(5, _source.Current.Targets.Count);
    }
}
