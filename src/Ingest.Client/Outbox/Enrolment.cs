using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Client.Checking;
using XilinIngest.Client.Files;

namespace XilinIngest.Client.Outbox;

/// <summary>What became of a draft when it was put into the outbox.</summary>
/// <param name="Entry">The entry that stands for it; null: <paramref name="Finding"/> says why not.</param>
/// <param name="IsNew">Whether it is waiting to be sent.</param>
/// <param name="Finding">Why it cannot be sent.</param>
internal sealed record Enrolled(OutboxEntry? Entry, bool IsNew, Located? Finding = null);

/// <summary>
/// Gives a draft its revision, its time and its id. What the outbox knows already is not sent a second time: content that stands, as
/// far as it knows, is the submission that was sent; content that was refused is sent anew; all else is the next revision.
/// </summary>
internal static class Enrolment
{
    /// <param name="outbox">What is known.</param>
    /// <param name="draft">What is to be sent.</param>
    /// <param name="user">Who sends it; null: over HTTP. What waits of the same content becomes theirs.</param>
    /// <param name="from">Where it stands, as it is shown.</param>
    /// <param name="at">Its time; null: when the file was saved.</param>
    /// <param name="now">When it is kept.</param>
    public static Enrolled Enrol(OutboxFolder outbox, Draft draft, string? user, string from, DateTimeOffset? at, DateTimeOffset now)
    {
        var body = (JsonObject)draft.Body.DeepClone();
        var digest = BodyText.Digest(body);
        var known = outbox.Of(draft.Unit, draft.Period);
        if (GivenId(body) is { } id && known.FirstOrDefault(entry => entry.Id == id) is { } same)
        {
            return same.Digest == digest ? Known(same, user) : new(null, false, new(draft.Place, FileFindings.IdOfAnother(id)));
        }

        int? given = body["revision"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
        var before = known.Where(entry => entry.Digest == digest && (given is null || entry.Revision == given)).MaxBy(entry => (entry.Revision, entry.Attempt));
        if (before is not null && GivenId(body) is null && (before is { Receipt: null, Problem: null } || (!before.IsRefused && (given is not null || Stands(before, known)))))
        {
            return Known(before, user);
        }

        var isAgain = before is { IsRefused: true };
        var revision = given ?? (isAgain ? before!.Revision : known.Select(entry => entry.Revision).DefaultIfEmpty(0).Max() + 1);
        body["revision"] = revision;
        if (body["submittedAt"] is null)
        {
            body["submittedAt"] = Written(at ?? draft.SavedAt);
        }

        return new(Entry(body, draft, digest, revision, isAgain ? before!.Attempt + 1 : 0, from, now) with { User = user }, true);
    }

    /// <summary>The same content once more with answers to what was asked about it.</summary>
    public static OutboxEntry Answering(OutboxEntry refused, JsonArray explanations, DateTimeOffset now)
    {
        var body = JsonNode.Parse(refused.Body)!.AsObject();
        body["explanations"] = explanations;
        body.Remove("submissionId");
        return Identified(refused with { Attempt = refused.Attempt + 1, KeptAt = now, Answers = null, Receipt = null, Problem = null }, body);
    }

    private static OutboxEntry Entry(JsonObject body, Draft draft, string digest, int revision, int attempt, string from, DateTimeOffset now) => Identified(
        new OutboxEntry
        {
            Id = Guid.Empty,
            Unit = draft.Unit,
            Period = draft.Period,
            Revision = revision,
            Digest = digest,
            Attempt = attempt,
            From = from,
            KeptAt = now,
            Body = "",
            Answers = draft.Answers.Count == 0 ? null : draft.Answers,
        }, body);

    private static OutboxEntry Identified(OutboxEntry entry, JsonObject body)
    {
        var id = GivenId(body) ?? SubmissionIdentity.Of(entry.Unit, entry.Period, entry.Revision, entry.Attempt, BodyText.Bytes(body));
        body.Remove("submissionId");
        body.Insert(0, "submissionId", id.ToString("D"));
        return entry with { Id = id, Body = Encoding.UTF8.GetString(BodyText.Bytes(body)) };
    }

    private static Enrolled Known(OutboxEntry entry, string? user) =>
        entry is { Receipt: null, Problem: null } ? new(entry with { User = user ?? entry.User }, true) : new(entry, false);

    // No later revision that is known names any of its indicators.
    private static bool Stands(OutboxEntry entry, IReadOnlyList<OutboxEntry> known)
    {
        var indicators = entry.Indicators.ToHashSet();
        return !known.Any(other => !other.IsRefused && other.Revision > entry.Revision && other.Indicators.Any(indicators.Contains));
    }

    private static Guid? GivenId(JsonObject body) =>
        body["submissionId"] is JsonValue value && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var id) ? id : null;

    private static string Written(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
