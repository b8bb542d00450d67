namespace XilinIngest.Dashboard.Formatting;

/// <summary>The names of channels. Those of the settings are as the operator wrote them.</summary>
internal static class ChannelText
{
    // The built-in channel, whose notices are on the list of notices alone.
    private const string List = "page";

    public static string Name(string channel, Lang lang) => channel == List ? lang.T("通知列表", "list of notices") : channel;
}
