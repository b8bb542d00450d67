using System.Globalization;
using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>How long notices are kept, and where the pages are: <c>Notices:KeepDays</c>, <c>Notices:PagesAddress</c>.</summary>
internal sealed class NoticeOptions
{
    private const int FewestKeepDays = 31;
    private const int MostKeepDays = 36_500;

    public string? KeepDays { get; set; }

    public string? PagesAddress { get; set; }

    public TimeSpan Retention => TryParse(KeepDays) is { } days ? TimeSpan.FromDays(days) : NoticeStartup.DefaultRetention;

    internal static int? TryParse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= FewestKeepDays and <= MostKeepDays
            ? days : null;

    /// <summary>The address of the pages, with a slash at the end; null: it is no such address.</summary>
    internal static Uri? TryParseAddress(string? text) =>
        Uri.TryCreate(text?.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && address is { UserInfo: "", Query: "", Fragment: "" } ? address : null;
}

/// <summary>Validates the number of days.</summary>
internal sealed class NoticeOptionsValidator : IValidateOptions<NoticeOptions>
{
    public ValidateOptionsResult Validate(string? name, NoticeOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Notices:KeepDays", options.KeepDays, text => NoticeOptions.TryParse(text) is not null, "保存通知的天数，31 至 36500",
            "the days for which notices are kept, from 31 to 36500");
        faults.Check(
            "Notices:PagesAddress", options.PagesAddress, text => NoticeOptions.TryParseAddress(text) is not null,
            "网页的地址，如 https://xilin.example", "the address of the pages, such as https://xilin.example");
        return faults.Result;
    }
}

/// <summary>Reads at the start how long notices are kept, and where their links lead.</summary>
public static class NoticeStartup
{
    /// <summary>Two years, one of them a leap year.</summary>
    public static TimeSpan DefaultRetention { get; } = TimeSpan.FromDays(731);

    /// <summary>How long notices that were sent are kept, and the events that they told.</summary>
    public static TimeSpan NoticeRetention(this StartupOptions options) =>
        options.Bind(new NoticeOptionsValidator(), "Notices").Retention;

    /// <summary>The address of the pages as readers know it, for links in notices; null: none is set.</summary>
    public static Uri? PagesAddress(this StartupOptions options) =>
        NoticeOptions.TryParseAddress(options.Bind(new NoticeOptionsValidator(), "Notices").PagesAddress);
}
