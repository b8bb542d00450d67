using System.Text.Json.Nodes;

namespace XilinIngest.TestFixtures;

/// <summary>Builds the JSON of messages that close and reopen months.</summary>
public static class MonthMessages
{
    public const string Reason = "本月企业停报，数据由街道核定";

    public static JsonObject Closing(string period, string? reason = Reason) => NewMessage("monthToClose", period, reason);

    public static JsonObject Reopening(string period, string? reason = Reason, string? until = null)
    {
        var message = NewMessage("monthToReopen", period, reason);
        if (until is not null)
        {
            message["until"] = until;
        }

        return message;
    }

    /// <summary>Gives a submission the reason of a correction.</summary>
    public static JsonObject Corrected(this JsonObject sheet, string reason = Reason) =>
        sheet.Set("correction", new JsonObject { ["reason"] = reason });

    private static JsonObject NewMessage(string field, string period, string? reason)
    {
        var message = new JsonObject { [field] = period, ["messageId"] = Guid.NewGuid().ToString() };
        if (reason is not null)
        {
            message["reason"] = reason;
        }

        return message;
    }
}
