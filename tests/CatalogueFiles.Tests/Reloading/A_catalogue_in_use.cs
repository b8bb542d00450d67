using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.CatalogueFiles.Reloading;

namespace XilinIngest.CatalogueFiles.Tests.Reloading;

public sealed class A_catalogue_in_use : IDisposable
{
    private readonly CatalogueFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ErrorLog _log = new();
    private readonly CatalogueSource _source;
    private int _changes;

    public A_catalogue_in_use()
    {
        _source = new(new() { Folder = _folder.Path }, _time, _log);
        _source.Changed += (_, _) => _changes++;
    }

    public void Dispose()
    {
        _source.Dispose();
        _folder.Dispose();
    }

    /// <summary>
    /// Until there was a poll and a second look, whether or not the file system tells, and even where it tells late. What it tells comes on
    /// another thread, which may then make a poll that is due, so the time passes until all were made: one may have begun before.
    /// </summary>
    private void Settle()
    {
        for (var before = _source.Polls; _source.Polls < before + 4;)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Is_replaced_after_a_valid_edit()
    {
        _folder.Append("targets.csv", "320404007000,RETAIL_SALES,2023,growth,4");
        Settle();
        Assert.Equal(3, _source.Current.Targets.Count);
        Assert.Equal(1, _changes);
        Assert.Empty(_source.LastFaults);
    }

    [Fact]
    public void Stays_and_logs_every_fault_at_a_bad_edit_and_takes_the_repair()
    {
        var before = _source.Current;
        _folder.Edit("targets.csv", "amount,12", "amount,-1").Edit("colours.csv", "5,15", "15,5");
        Settle();
        Assert.Same(before, _source.Current);
        Assert.Equal(2, _source.LastFaults.Count);
        Assert.Equal(0, _changes);
        var error = Assert.Single(_log.Errors);
        Assert.Contains("targets.csv:3 value", error, StringComparison.Ordinal);
        Assert.Contains("colours.csv:2 red_behind", error, StringComparison.Ordinal);

        Settle();
        Assert.Single(_log.Errors); // said once, not at every poll

        _folder.Edit("targets.csv", "amount,-1", "amount,24").Edit("colours.csv", "15,5", "5,15");
        Settle();
        Assert.Equal(24m, _source.Current.Targets[1].Value);
        Assert.Empty(_source.LastFaults);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void Is_not_replaced_where_nothing_changed()
    {
        var before = _source.Current;
        File.SetLastWriteTimeUtc(_folder.In("units.csv"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Settle();
        Assert.Same(before, _source.Current);
        Assert.Equal(0, _changes);
    }

    [Fact]
    public void Refuses_to_lose_a_unit_or_an_indicator()
    {
        _folder
            .Edit("units.csv", "320404001000,五星街道,Wuxing,street,320404000000,2020-01,,,yes\n", "")
            .Edit("indicators.csv", "RETAIL_SALES", "SALES")
            .Edit("targets.csv", "RETAIL_SALES", "SALES").Edit("rules.csv", "RETAIL_SALES", "SALES");
        Settle();
        Assert.Equal(
            [
                "indicators.csv code: indicator RETAIL_SALES was removed, but history refers to it; put its row back.",
                "units.csv code: unit 320404001000 was removed, but history refers to it; put its row back and set valid_to instead.",
            ],
            _source.LastFaults.Select(fault => fault.ToString()));
        Assert.Equal(6, _source.Current.Units.All.Count);
    }

    [Fact]
    public void Takes_what_the_keeper_of_the_figures_admits_and_names_the_lines_of_what_it_does_not()
    {
        _source.SetApproval((next, takeEffect) =>
        {
            var faults = HistoryGuard.Check([.. HistoryGuard.FactsOf(_source.Current)],
                new RecordedFigures(new HashSet<string> { "320404001000" }, code => code == "PETITIONS" ? [2022] : [], () => []), next);
            if (faults.Count == 0)
            {
                takeEffect();
            }

            return faults;
        });
        _folder.Edit("indicators.csv", "件,flow", "件,stock").Edit("units.csv", "2020-01,,,yes", "2020-01,,,no");
        Settle();
        Assert.Equal(["indicators.csv:3 kind", "units.csv:4 reports_whole"],
            _source.LastFaults.Select(fault => fault.ToString().Split(':', 3) is [var file, var place, _] ? $"{file}:{place}" : ""));
        Assert.Equal(0, _changes);

        _folder.Edit("indicators.csv", "件,stock", "件,flow")
            .Edit("units.csv", "2020-01,,,no\n320404007201", "2020-01,,,yes\n320404007201")
            .Edit("indicators.csv", "flow,enterprise,trade", "flow,enterprise,industry");
        Settle();
        Assert.Empty(_source.LastFaults);
        Assert.Equal("industry", _source.Current.Indicators[0].Register);
    }

    [Fact]
    public void Stays_where_what_it_changes_could_not_be_recorded_says_so_and_takes_it_once_it_can()
    {
        var before = _source.Current;
        var fails = false;
        _source.SetApproval((_, takeEffect) =>
        {
            takeEffect();
            return fails ? throw new IOException("the disk is full") : [];
        });
        fails = true;
        _folder.Append("targets.csv", "320404007000,RETAIL_SALES,2023,growth,4");
        Settle();
        Assert.Same(before, _source.Current);
        Assert.NotEmpty(_log.Errors);
        Assert.Contains("not in force yet: the database cannot be written for now (the disk is full)",
            Assert.Single(_source.LastFaults).ToString(), StringComparison.Ordinal);

        fails = false;
        for (var i = 0; i < 7; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, _source.Current.Targets.Count);
        Assert.Empty(_source.LastFaults);
    }

    [Fact]
    public void Survives_a_listener_that_throws()
    {
        var told = 0;
        _source.Changed += (_, _) => throw new InvalidOperationException("listener");
        _source.Changed += (_, _) => told++;
        _folder.Append("targets.csv", "320404007000,RETAIL_SALES,2023,growth,4");
        Settle();
        Assert.Equal((1, 1), (_changes, told));
        Assert.Single(_log.Errors);
    }

    [Fact]
    public void Does_not_take_a_file_that_is_still_being_written()
    {
        var taken = new List<int>();
        _source.Changed += (_, _) => taken.Add(_source.Current.Targets.Count);

        // Each line makes a catalogue that would be good: only the last one may take.
        for (var year = 2023; year < 2033; year++)
        {
            _folder.Append("targets.csv", $"320404007000,RETAIL_SALES,{year},growth,4");
            _time.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.Empty(taken);
        Settle();
        Assert.Equal([12], taken);
    }

    [Fact]
    public void Is_registered_once_for_the_process()
    {
        var services = new ServiceCollection().AddSingleton<ILogger<CatalogueSource>>(_log).AddCatalogue(_folder.Path);
        using var provider = services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredService<CatalogueSource>(), provider.GetRequiredService<CatalogueSource>());
    }

    internal sealed class ErrorLog : ILogger<CatalogueSource>
    {
        internal List<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                Errors.Add(formatter(state, exception));
            }
        }
    }
}
