namespace XilinIngest.Contracts.Responses;

/// <summary>What became of a reminder (催报).</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(CamelCaseEnumConverter<ReminderState>))]
public enum ReminderState
{
    /// <summary>It waits to be sent.</summary>
    Pending,

    /// <summary>The channel took it.</summary>
    Sent,

    /// <summary>The channel refuses it for good; the answer says why.</summary>
    Refused,

    /// <summary>It was not sent, because everything had been reported meanwhile.</summary>
    Withdrawn,

    /// <summary>The unit has no contact that a channel reaches: it has to be asked in another way.</summary>
    Unreachable,
}

/// <summary>A reminder: who was asked for which month, when, by which channel, and whether they have reported since.</summary>
/// <param name="Number">Its number; a later one has a larger number.</param>
/// <param name="Unit">The unit.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Period">The month, <c>yyyy-MM</c>.</param>
/// <param name="IsDigest">Whether it is the list of all that are late, for the people of <paramref name="Unit"/> (汇总).</param>
/// <param name="Missing">The codes of the missing indicators; of a digest: of the units that are late.</param>
/// <param name="Channel">The channel; null: none reaches the unit.</param>
/// <param name="At">When it was made; UTC.</param>
/// <param name="Rule">The rule of <c>reminders.csv</c>; null: it was made by hand.</param>
/// <param name="By">Who made it by hand; null: a rule did, or the caller may not read it.</param>
/// <param name="State">What became of it.</param>
/// <param name="SentAt">When it was sent or refused; null: it was not.</param>
/// <param name="Answer">The last answer of the channel; null: there was none.</param>
/// <param name="HasReported">Whether everything due has been reported by now; null: not known, or a digest.</param>
public sealed record ReminderEntry(
    long Number, string Unit, string NameZh, string NameEn, string Period, bool IsDigest, IReadOnlyList<string> Missing, string? Channel,
    DateTimeOffset At, string? Rule, string? By, ReminderState State, DateTimeOffset? SentAt, string? Answer, bool? HasReported);

/// <summary>The answer to reminding by hand.</summary>
/// <param name="Reminders">The reminders that were made.</param>
/// <param name="Recent">The units that were left out, because they were reminded within the last twelve hours.</param>
public sealed record ReminderResult(IReadOnlyList<ReminderEntry> Reminders, IReadOnlyList<string> Recent);
