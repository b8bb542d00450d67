using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using XilinIngest.Contracts;

namespace XilinIngest.Notifier.Notices;

/// <summary>A notice as it is stored, and as a webhook receives it (docs/notices.md).</summary>
internal sealed record NoticeContent
{
    /// <summary>The same at every attempt: a receiver drops a notice that it has already.</summary>
    public required Guid Id { get; init; }
    public required string Route { get; init; }

    /// <summary>The group of alerts within the route; empty: all of the route.</summary>
    public required string Group { get; init; }

    /// <summary><c>changed</c>, <c>repeated</c>, <c>reminder</c> or <c>test</c>.</summary>
    public required string Reason { get; init; }

    /// <summary><c>zh</c> or <c>en</c>: the language of the texts.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Title { get; init; }

    /// <summary>A line for each alert.</summary>
    public required string Text { get; init; }
    public required IReadOnlyList<NoticedAlert> Alerts { get; init; }

    /// <summary>What has not been reported; null: the notice tells alerts.</summary>
    public NoticedReminder? Reminder { get; init; }
}

/// <summary>An alert in a notice.</summary>
internal sealed record NoticedAlert
{
    /// <summary><c>raised</c>, <c>worse</c>, <c>better</c>, <c>cleared</c> or <c>standing</c>.</summary>
    public required string Status { get; init; }
    public required string Unit { get; init; }
    public required string UnitName { get; init; }
    public required string Indicator { get; init; }
    public required string IndicatorName { get; init; }
    public required int Year { get; init; }

    /// <summary>The month judged, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }
    public required TargetColour Colour { get; init; }

    /// <summary>The colour that the route was told before; green: none.</summary>
    public required TargetColour PreviousColour { get; init; }

    /// <summary>The month since which the alert has been in effect.</summary>
    public required string Since { get; init; }
    public decimal? Value { get; init; }
    public required decimal Target { get; init; }
    public decimal? Gap { get; init; }

    /// <summary>The reason, in the language of the notice.</summary>
    public required string ReasonText { get; init; }

    /// <summary>
    /// The versions of the alert that this tells, oldest first: more than one where it changed again before the notice was made.
    /// </summary>
    public required IReadOnlyList<int> Versions { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>What is done about it; null: no one has taken it.</summary>
    public NoticedTask? Task { get; init; }
}

/// <summary>The task of an alert that someone has taken. It does not name them.</summary>
internal sealed record NoticedTask
{
    public string? Note { get; init; }

    /// <summary>Until which day, in China.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Whether the day had passed when the notice was made.</summary>
    public bool IsOverdue { get; init; }
}

/// <summary>What has not been reported of a month (催报).</summary>
internal sealed record NoticedReminder
{
    /// <summary>The unit that is reminded, or whose digest it is.</summary>
    public required string Unit { get; init; }
    public required string UnitName { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Whether it lists the units that are late, for the people of the unit.</summary>
    public bool IsDigest { get; init; }

    /// <summary>The missing indicators; of a digest: the units.</summary>
    public required IReadOnlyList<NoticedMissing> Missing { get; init; }

    /// <summary>Where it is reported; null: the address of the pages is not set.</summary>
    public string? Link { get; init; }
}

/// <summary>An indicator that is missing, or a unit that is late.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">1; of a unit, the number of its missing indicators.</param>
internal sealed record NoticedMissing(string Code, string Name, int Count);

/// <summary>Notices as JSON: camel case, absent figures omitted, Chinese characters not escaped.</summary>
internal static class NoticeFormat
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = NoticeJson.Default,
    };

    public static string Write(NoticeContent notice) => JsonSerializer.Serialize(notice, Options);

    /// <exception cref="JsonException">It is no notice.</exception>
    public static NoticeContent Read(string text) =>
        JsonSerializer.Deserialize<NoticeContent>(text, Options) ?? throw new JsonException("The notice is null.");
}

[JsonSerializable(typeof(NoticeContent))]
internal sealed partial class NoticeJson : JsonSerializerContext;
