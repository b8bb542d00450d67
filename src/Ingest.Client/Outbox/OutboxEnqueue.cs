using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Client.Checking;
using XilinIngest.Client.Sending;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Client.Outbox;

/// <summary>The result of adding a draft to the outbox.</summary>
/// <param name="Entry">The entry of the draft; null: see <paramref name="Finding"/>, or it need not be sent.</param>
/// <param name="IsNew">Whether the entry is waiting to be sent.</param>
/// <param name="Finding">Why the draft cannot be sent.</param>
internal sealed record EnqueueResult(OutboxEntry? Entry, bool IsNew, LocatedFinding? Finding = null)
{
    /// <summary>The ledger rows by which the service confirms that the whole draft is effective already; null: it is not.</summary>
    public IReadOnlyList<long>? ConfirmedByRows { get; init; }

    /// <summary>
    /// The figures that replaced it, although it was accepted earlier under the revision that it names; empty: there are none.
    /// </summary>
    public IReadOnlyList<(string Zh, string En)> ReplacedBy { get; init; } = [];
}

/// <summary>
/// Assigns revision, time and id to a draft. A draft that is effective already according to the service is not sent again. Any other gets
/// the revision after the effective one. If the service cannot be asked, the outbox's entries give the number, and the receipt decides.
/// </summary>
internal static class OutboxEnqueue
{
    /// <param name="outbox">The known entries.</param>
    /// <param name="draft">The submission to send.</param>
    /// <param name="user">The sender; null: over HTTP. A waiting entry with the same content is assigned to this sender.</param>
    /// <param name="from">The location of the draft, for messages.</param>
    /// <param name="at">The time of the submission; null: the time when the file was saved.</param>
    /// <param name="now">The time of queueing.</param>
    /// <param name="current">The effective figures; null: the service cannot be asked.</param>
    /// <param name="isRecorded">Whether a ledger row has the same content, texts included.</param>
    public static async Task<EnqueueResult> EnqueueAsync(
        OutboxFolder outbox, SubmissionDraft draft, string? user, string from, DateTimeOffset? at, DateTimeOffset now, ServerMonth? current,
        Func<long, Task<bool>> isRecorded)
    {
        var body = (JsonObject)draft.Body.DeepClone();
        var digest = SubmissionBody.Digest(body);
        var known = outbox.EntriesFor(draft.Unit, draft.Period);
        int? given = body["revision"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
        if (GivenId(body) is { } id && known.FirstOrDefault(entry => entry.Id == id) is { } same
            && (same.Digest != digest || (given ?? same.Revision) != same.Revision))
        {
            return new(null, false, new(draft.Location, FileFindings.IdAlreadyUsed(id)));
        }

        var before = known.Where(entry => entry.Digest == digest && (given is null || entry.Revision == given))
            .MaxBy(entry => (entry.Revision, entry.Attempt));
        if (before is { Receipt: null, Problem: null })
        {
            return new(before with { User = user ?? before.User }, true);
        }

        var wasAccepted = before is { IsRefused: false };
        if (current?.Matches(body) == true && await IsAlreadyRecordedAsync(current, body, wasAccepted, isRecorded))
        {
            return new(before, false) { ConfirmedByRows = current.RowsOf(body) };
        }

        // Revision and id are from the file and cannot be used again for other content.
        if (wasAccepted && (given is not null || GivenId(body) is not null))
        {
            return new(before, false) { ReplacedBy = current?.Differences(body) ?? [] };
        }

        var isAgain = before is { IsRefused: true };
        var next = isAgain ? before!.Revision : known.Select(entry => entry.Revision).DefaultIfEmpty(0).Max() + 1;
        var revision = given ?? Math.Max(next, current?.NextRevision ?? 1);
        body["revision"] = revision;
        if (body["submittedAt"] is null)
        {
            body["submittedAt"] = FormatTime(at ?? draft.SavedAt);
        }

        return new(NewEntry(body, draft, digest, revision, isAgain ? before!.Attempt + 1 : 0, from, now) with
        {
            User = user,
            IsPossibleDuplicate = wasAccepted && current is null
        }, true);
    }

    // Effective figures prove that the figures are recorded. Texts count as recorded only if this outbox sent them or an effective row has
    // the same ones.
    private static async Task<bool> IsAlreadyRecordedAsync(
        ServerMonth current, JsonObject body, bool wasAccepted, Func<long, Task<bool>> isRecorded)
    {
        // A withdrawal of a figure that never was effective is not a repetition of an earlier withdrawal.
        var rows = current.RowsOf(body);
        return wasAccepted || (rows.Count > 0 && !HasText(body)) || (rows is [var row] && await isRecorded(row));
    }

    private static bool HasText(JsonObject body) =>
        body["explanations"] is JsonArray { Count: > 0 }
        || (body["values"] as JsonArray ?? []).OfType<JsonObject>().Any(value => value["note"] is not null);

    /// <summary>The same content again, with explanations of the findings.</summary>
    public static OutboxEntry WithExplanations(OutboxEntry refused, JsonArray explanations, DateTimeOffset now)
    {
        var body = JsonNode.Parse(refused.Body)!.AsObject();
        body["explanations"] = explanations;
        body.Remove("submissionId");
        return WithId(
            refused with { Attempt = refused.Attempt + 1, QueuedAt = now, PreparedExplanations = null, Receipt = null, Problem = null },
            body);
    }

    private static OutboxEntry NewEntry(
        JsonObject body, SubmissionDraft draft, string digest, int revision, int attempt, string from, DateTimeOffset now) => WithId(
        new OutboxEntry
        {
            Id = Guid.Empty,
            Unit = draft.Unit,
            Period = draft.Period,
            Revision = revision,
            Digest = digest,
            Attempt = attempt,
            Origin = from,
            QueuedAt = now,
            Body = "",
            PreparedExplanations = draft.PreparedExplanations.Count == 0 ? null : draft.PreparedExplanations,
        }, body);

    private static OutboxEntry WithId(OutboxEntry entry, JsonObject body)
    {
        var id = GivenId(body)
            ?? SubmissionIdFactory.Create(entry.Unit, entry.Period, entry.Revision, entry.Attempt, SubmissionBody.ToBytes(body));
        body.Remove("submissionId");
        body.Insert(0, "submissionId", id.ToString("D"));
        return entry with { Id = id, Body = Encoding.UTF8.GetString(SubmissionBody.ToBytes(body)) };
    }

    private static Guid? GivenId(JsonObject body) =>
        body["submissionId"] is JsonValue value && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var id) ? id : null;

    private static string FormatTime(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
