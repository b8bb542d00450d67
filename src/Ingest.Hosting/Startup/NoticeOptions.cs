using System.Globalization;
using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>How long notices are kept: <c>Notices:KeepDays</c>.</summary>
internal sealed class NoticeOptions
{
    private const int FewestKeepDays = 31;
    private const int MostKeepDays = 36_500;

    public string? KeepDays { get; set; }

    public TimeSpan Retention => TryParse(KeepDays) is { } days ? TimeSpan.FromDays(days) : NoticeStartup.DefaultRetention;

    internal static int? TryParse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= FewestKeepDays and <= MostKeepDays
            ? days : null;
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
        return faults.Result;
    }
}

/// <summary>Reads at the start how long notices are kept.</summary>
public static class NoticeStartup
{
    /// <summary>Two years, one of them a leap year.</summary>
    public static TimeSpan DefaultRetention { get; } = TimeSpan.FromDays(731);

    /// <summary>How long notices that were sent are kept, and the events that they told.</summary>
    public static TimeSpan NoticeRetention(this StartupOptions options) =>
        options.Bind(new NoticeOptionsValidator(), "Notices").Retention;
}
