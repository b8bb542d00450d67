using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Client.Files;

/// <summary>Reads JSON: one submission, an array of them, a pack, or one on each line.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static FileContent Read(string text, SourceLocation place, DateTimeOffset savedAt)
    {
        try
        {
            return ReadDrafts(Parse(text), place, savedAt);
        }
        catch (JsonException exception) when (IsLines(text))
        {
            return ReadLines(text, place, savedAt, exception);
        }
        catch (JsonException exception)
        {
            return FileContent.Invalid(LocationOf(place, exception), Unreadable(exception));
        }
    }

    // If more than one line begins an object, each line is a submission.
    private static bool IsLines(string text) => text.Split('\n').Count(line => line.StartsWith('{')) > 1;

    private static FileContent ReadLines(string text, SourceLocation place, DateTimeOffset savedAt, JsonException whole)
    {
        var (drafts, findings, row) = (new List<SubmissionDraft>(), new List<LocatedFinding>(), 0);
        foreach (var line in text.Split('\n'))
        {
            row++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                var one = ReadDrafts(Parse(line), place with { Row = row }, savedAt);
                drafts.AddRange(one.Drafts);
                findings.AddRange(one.Findings);
            }
            catch (JsonException exception)
            {
                findings.Add(new(place with { Row = row }, Unreadable(exception)));
            }
        }

        // If no line is valid JSON, the file was one document, and the fault of its reader is reported.
        return drafts.Count > 0 ? new(drafts, findings) : FileContent.Invalid(LocationOf(place, whole), Unreadable(whole));
    }

    private static FileContent ReadDrafts(JsonNode? root, SourceLocation place, DateTimeOffset savedAt)
    {
        var elements = root switch
        {
            JsonArray array => [.. array],
            JsonObject pack when pack["submissions"] is JsonArray inside => [.. inside],
            _ => (List<JsonNode?>)[root],
        };
        var (drafts, findings) = (new List<SubmissionDraft>(), new List<LocatedFinding>());
        for (var i = 0; i < elements.Count; i++)
        {
            // A submission without a line of its own is located by its number in the file.
            var at = elements.Count > 1 ? place with { Column = $"[{i + 1}]" } : place;
            if (elements[i] is JsonObject body)
            {
                drafts.Add(NewDraft((JsonObject)body.DeepClone(), at, savedAt));
            }
            else
            {
                findings.Add(
                    new(at, FileFindings.NotReadable("不是一份报表（JSON 对象）。", "This is no submission (a JSON object).", "见 docs/clients。",
                        "See docs/clients.")));
            }
        }

        return elements.Count == 0 ? FileContent.Invalid(place, FileFindings.NoFigures()) : new(drafts, findings);
    }

    private static SubmissionDraft NewDraft(JsonObject body, SourceLocation place, DateTimeOffset savedAt)
    {
        var draft = new SubmissionDraft(place, body, savedAt);
        foreach (var value in body["values"] as JsonArray ?? [])
        {
            if (value is JsonObject && value["indicator"] is JsonValue name && name.TryGetValue<string>(out var indicator))
            {
                draft.IndicatorLocations.TryAdd(indicator, place);
            }
        }

        return draft;
    }

    private static JsonNode? Parse(string text) => JsonNode.Parse(text, null, Strict);

    private static SourceLocation LocationOf(SourceLocation place, JsonException exception) =>
        exception.LineNumber is { } line ? place with { Row = (int)line + 1 } : place;

    private static Contracts.Finding Unreadable(JsonException exception) => FileFindings.NotReadable(
        $"不是有效的 JSON：{exception.Message}", $"Not valid JSON: {exception.Message}", "改正后重新报送。", "Correct it and submit again.");
}
