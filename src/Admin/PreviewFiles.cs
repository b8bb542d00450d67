using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Silences;

namespace XilinIngest.Admin;

/// <summary>Reads the answers of the service that a preview is made from. Null: the file has none.</summary>
internal static class PreviewFiles
{
    private const int MaxBytes = 1024 * 1024;

    /// <param name="file">A file with an alert as it was published, or with the answer of <c>/api/alerts/history</c>.</param>
    public static AlertEvent? ReadAlert(string file)
    {
        try
        {
            var json = Read(file);
            var alert = json is JsonArray events ? events.FirstOrDefault()?["data"] : json;
            return alert is null ? null : AlertBodyReader.Read(JsonSerializer.SerializeToUtf8Bytes(alert));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The silences of the answer of <c>/api/silences</c> that hold.</summary>
    /// <param name="file">Null: there are none.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Silence>? ReadSilences(string? file, DateTimeOffset now) =>
        ReadList<AlertSilence>(file)?.Select(silence => new Silence
        {
            Number = silence.Number,
            Id = silence.Id,
            Unit = silence.Unit,
            Indicator = silence.Indicator,
            Level = silence.Level == TargetColour.Amber ? Colour.Amber : Colour.Red,
            StartsAt = silence.StartsAt,
            EndsAt = silence.EndsAt,
            MadeBy = silence.By ?? "",
            Reason = silence.Reason,
            EndedAt = silence.EndedAt,
        }).Where(silence => silence.HoldsAt(now)).ToList();

    /// <summary>The alerts of the answer of <c>/api/alerts</c>, as if each had just been published.</summary>
    /// <param name="file">Null: there are none.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<TakenEvent>? ReadAlerts(string? file, DateTimeOffset now) =>
        ReadList<CurrentAlert>(file)?.Select((alert, i) => new TakenEvent(
            i + 2, new AlertKey(alert.Unit, alert.Indicator, alert.Year), 1, alert.Period,
            alert.Colour == TargetColour.Red ? Colour.Red : Colour.Amber, alert.SilencedBy, now, IsLate: false))
        .DistinctBy(alert => alert.Key).ToList();

    private static List<T>? ReadList<T>(string? file)
        where T : class
    {
        if (file is null)
        {
            return [];
        }

        try
        {
            var list = Read(file).Deserialize<List<T>>(ApiJson.Options);
            return list?.Contains(null!) == true ? null : list;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Null: the file is not there, too large, or holds no JSON.
    private static JsonNode? Read(string file)
    {
        if (new FileInfo(file) is not { Exists: true, Length: <= MaxBytes })
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
