using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;

namespace XilinIngest.Notifier.Tests.Reminders;

/// <summary>Who has reported, answered over real HTTP as an aggregator does; it may be away.</summary>
internal sealed class ReportBook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<(string Unit, string Period), int> _missingSince = [];
    private readonly Lock _lock = new();
    private int _step;

    private ReportBook(IReadOnlyList<string> units, IReadOnlyDictionary<string, DateTimeOffset> deadlines)
    {
        Units = units;
        Deadlines = deadlines;
        foreach (var key in units.SelectMany(unit => deadlines.Keys.Select(period => (unit, period))))
        {
            _missingSince[key] = 0;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/api/completeness", (string unit, string period) => IsAway
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Json(Answer(unit, period), ApiJson.Options));
    }

    internal IReadOnlyList<string> Units { get; }

    internal IReadOnlyDictionary<string, DateTimeOffset> Deadlines { get; }

    internal bool IsAway { get; set; }

    /// <summary>Its results may lack reports.</summary>
    internal bool MayLackReports { get; set; }

    internal MonthStateName State { get; set; } = MonthStateName.Open;

    internal Uri Address => new(_app.Urls.Single());

    internal static async Task<ReportBook> StartAsync(
        IReadOnlyList<string> units, IReadOnlyDictionary<string, DateTimeOffset> deadlines)
    {
        var book = new ReportBook(units, deadlines);
        await book._app.StartAsync();
        return book;
    }

    internal void Advance() => _step++;

    internal void Report(string unit, string period) => Change(() => _missingSince.Remove((unit, period)));

    /// <summary>A figure is taken back.</summary>
    internal void TakeBack(string unit, string period) => Change(() => _missingSince.TryAdd((unit, period), _step));

    internal bool IsMissing(string unit, string period) => MissingSince(unit, period) is not null;

    internal int? MissingSince(string unit, string period)
    {
        lock (_lock)
        {
            return _missingSince.TryGetValue((unit, period), out var since) ? since : null;
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    // Asked of one of the units, its report alone; of any other, those of all.
    private MonthCompleteness Answer(string unit, string period)
    {
        var asked = Units.Contains(unit) ? [unit] : Units;
        var missing = asked.Where(each => IsMissing(each, period))
            .Select(each => new MissingReport(each, $"单位{each[^1]}", $"Unit {each[^1]}", Late: false, ["PETITIONS"])).ToList();
        return new(unit, period, Deadlines[period], asked.Count - missing.Count, asked.Count, missing, [.. asked])
        {
            State = State,
            MayLackReports = MayLackReports,
        };
    }
}
