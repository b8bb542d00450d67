using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>What stands on a printed report besides its figures: <c>Report:Letterhead</c>, <c>Report:Signature</c>.</summary>
internal sealed class ReportOptions
{
    internal const int MaxLength = 60;

    public string? Letterhead { get; set; }

    public string? Signature { get; set; }

    internal static bool IsLine(string text) => text.Trim().Length <= MaxLength && !text.Any(char.IsControl);
}

/// <summary>Validates that each is one line that fits a page.</summary>
internal sealed class ReportOptionsValidator : IValidateOptions<ReportOptions>
{
    public ValidateOptionsResult Validate(string? name, ReportOptions options)
    {
        var faults = new SettingFaults();
        faults.Check("Report:Letterhead", options.Letterhead, ReportOptions.IsLine, "发文机关标志，一行，最多 60 字",
            "the letterhead, one line of at most 60 characters");
        faults.Check("Report:Signature", options.Signature, ReportOptions.IsLine, "署名，一行，最多 60 字",
            "the signature, one line of at most 60 characters");
        return faults.Result;
    }
}

/// <summary>The letterhead and the signature of reports.</summary>
/// <param name="Letterhead">The issuing office at the top (发文机关标志); null: there is none.</param>
/// <param name="Signature">Who signs (署名); null: the unit of the report.</param>
public sealed record ReportLetterhead(string? Letterhead = null, string? Signature = null);

/// <summary>Reads them at the start.</summary>
public static class ReportStartup
{
    public static ReportLetterhead ReportLetterhead(this StartupOptions options)
    {
        var bound = options.Bind(new ReportOptionsValidator(), "Report");
        return new(Line(bound.Letterhead), Line(bound.Signature));
    }

    private static string? Line(string? text) => text?.Trim() is { Length: > 0 } line ? line : null;
}
