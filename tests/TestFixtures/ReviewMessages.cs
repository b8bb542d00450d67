using System.Text.Json.Nodes;

namespace XilinIngest.TestFixtures;

/// <summary>Builds the JSON of messages that approve and return reports, and a catalogue that has reports reviewed.</summary>
public static class ReviewMessages
{
    public const string ReturnReason = "本月数与台账不符，请核实后重报";

    public static JsonObject Approving(long row, string unit, string period, string? reason = null) =>
        NewReview(row, unit, period, "approve", reason);

    public static JsonObject Returning(long row, string unit, string period, string? reason = ReturnReason) =>
        NewReview(row, unit, period, "return", reason);

    /// <summary>The small catalogue, in which the street reviews its villages.</summary>
    /// <param name="rows">More rows of the workflow.</param>
    public static CatalogueFolder ReviewedCatalogue(params string[] rows) => SmallCatalogueSubmissions.Catalogue()
        .Write("workflow.csv", "kind,subtree,reviewed,by,from\nvillage,,yes,above,\n" + string.Concat(rows.Select(row => row + "\n")));

    private static JsonObject NewReview(long row, string unit, string period, string decision, string? reason)
    {
        var message = new JsonObject
        {
            ["rowToReview"] = row,
            ["unit"] = unit,
            ["period"] = period,
            ["decision"] = decision,
            ["messageId"] = Guid.NewGuid().ToString(),
        };
        if (reason is not null)
        {
            message["reason"] = reason;
        }

        return message;
    }
}
