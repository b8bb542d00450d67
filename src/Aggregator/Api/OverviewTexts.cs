using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Report;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>
/// The overviews of a snapshot. Many viewers request the same few units, so each overview is built once for a snapshot and discarded with
/// it.
/// </summary>
internal static class OverviewTexts
{
    // A unit's overview has 100 KB. Only programs request more months than this number; theirs are built each time.
    private const int MaxKept = 200;

    private static readonly ConditionalWeakTable<PublishedSnapshot, ConcurrentDictionary<(int Unit, Period Period), Lazy<byte[]>>> Texts =
        [];

    public static byte[] OverviewOf(this PublishedSnapshot published, Unit unit, Period period)
    {
        var kept = Texts.GetOrCreateValue(published);
        if (kept.TryGetValue((unit.Index, period), out var text))
        {
            return text.Value;
        }

        return kept.Count >= MaxKept
            ? Serialize(published, unit, period)
            : kept.GetOrAdd((unit.Index, period), _ => new Lazy<byte[]>(() => Serialize(published, unit, period))).Value;
    }

    private static byte[] Serialize(PublishedSnapshot published, Unit unit, Period period) =>
        JsonSerializer.SerializeToUtf8Bytes(Build(published, unit, period), ApiJson.Options);

    /// <summary>An overview: a pure function of the published results.</summary>
    public static UnitOverview Build(PublishedSnapshot published, Unit unit, Period period) => new(
        unit.Code.Value, period.ToString(), published.Through,
        [.. ReportBuilder.Rows(published, unit, period).Zip(published.Catalogue.Indicators, (row, indicator) => new IndicatorOverview(
            row, [.. Enumerable.Range(1, 12)
                .Select(month => SeriesPointBuilder.Build(published, unit, indicator, new Period(period.Year, month)))]))]);
}
