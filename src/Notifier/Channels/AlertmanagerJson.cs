using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tasks;

namespace XilinIngest.Notifier.Channels;

/// <summary>A notice as the JSON that Prometheus Alertmanager posts to a webhook receiver, version 4.</summary>
internal static class AlertmanagerJson
{
    private const string Firing = "firing";
    private const string Resolved = "resolved";
    private const string NotEnded = "0001-01-01T00:00:00Z";
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(string receiver, NoticeContent notice)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("version", "4");
            json.WriteString("groupKey", $"{notice.Route}/{notice.Group}");
            json.WriteNumber("truncatedAlerts", 0);
            json.WriteString("status", notice.Alerts.Any(alert => StatusOf(alert) == Firing) ? Firing : Resolved);
            json.WriteString("receiver", receiver);
            json.WriteStartObject("groupLabels");
            json.WriteString("route", notice.Route);
            json.WriteString("group", notice.Group);
            json.WriteEndObject();
            var labels = notice.Alerts.Select(LabelsOf).ToList();
            Write(json, "commonLabels", CommonTo(labels));
            json.WriteStartObject("commonAnnotations");
            json.WriteString("title", notice.Title);
            json.WriteEndObject();
            json.WriteString("externalURL", "");
            json.WriteStartArray("alerts");
            for (var i = 0; i < notice.Alerts.Count; i++)
            {
                Write(json, notice.Alerts[i], labels[i], TaskText.After(notice.Alerts[i].Task, notice.Language == "en"));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, NoticedAlert alert, Dictionary<string, string> labels, string task)
    {
        json.WriteStartObject();
        json.WriteString("status", StatusOf(alert));
        Write(json, "labels", labels);
        json.WriteStartObject("annotations");
        json.WriteString("summary", $"{alert.UnitName} {alert.IndicatorName}");
        json.WriteString("description", alert.ReasonText + task);
        json.WriteEndObject();
        json.WriteString("startsAt", StartOf(alert.Since));
        json.WriteString("endsAt", StatusOf(alert) == Firing ? NotEnded : WriteTime(alert.PublishedAt));
        json.WriteString("generatorURL", "");
        json.WriteString("fingerprint", FingerprintOf(alert));
        json.WriteEndObject();
    }

    // A route that is told red alone is told at amber that this is over, which Alertmanager calls resolved only at green.
    private static string StatusOf(NoticedAlert alert) => alert.Colour == TargetColour.Green ? Resolved : Firing;

    private static Dictionary<string, string> LabelsOf(NoticedAlert alert) => new(StringComparer.Ordinal)
    {
        ["alertname"] = "XilinTargetMissed",
        ["unit"] = alert.Unit,
        ["unit_name"] = alert.UnitName,
        ["indicator"] = alert.Indicator,
        ["indicator_name"] = alert.IndicatorName,
        ["year"] = FormattableString.Invariant($"{alert.Year}"),
    };

    private static Dictionary<string, string> CommonTo(List<Dictionary<string, string>> all) =>
        all.Count == 0 ? [] : all[0].Where(label => all.TrueForAll(other => other[label.Key] == label.Value)).ToDictionary();

    private static void Write(Utf8JsonWriter json, string name, Dictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    // The alert stands since a month: since its first day, in China's time.
    private static string StartOf(string month) => Period.TryParse(month, out _) ? $"{month}-01T00:00:00+08:00" : NotEnded;

    private static string WriteTime(DateTimeOffset time) => NoticeTime.Text(time);

    // The labels identify an alert, so its fingerprint stays the same over its life.
    private static string FingerprintOf(NoticedAlert alert) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{alert.Unit}/{alert.Indicator}/{alert.Year}")))[..16];
}
