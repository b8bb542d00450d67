using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>Whose pages may show a chart of this service in a frame: <c>Embed:Origins</c>.</summary>
internal sealed class EmbedOptions
{
    internal const int MaxOrigins = 20;
    private static readonly char[] Separators = [' ', ',', ';'];

    public string? Origins { get; set; }

    internal static IReadOnlyList<string>? Parse(string text)
    {
        var parts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length <= MaxOrigins && parts.All(IsOrigin) ? parts : null;
    }

    // Only what names one origin may get into the policy: no path, no wildcard, no directive.
    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && Uri.CheckHostName(address.Host.Trim('[', ']')) != UriHostNameType.Unknown
        && text.All(char.IsAscii) && text.Equals(address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}

/// <summary>Validates that each is an origin.</summary>
internal sealed class EmbedOptionsValidator : IValidateOptions<EmbedOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbedOptions options)
    {
        var faults = new SettingFaults();
        faults.Check("Embed:Origins", options.Origins, text => EmbedOptions.Parse(text) is not null,
            $"允许嵌入图表的网站的源，以空格分隔，至多 {EmbedOptions.MaxOrigins} 个，如 https://portal.example，不带路径和通配符",
            $"the origins whose pages may embed charts, with spaces between them, at most {EmbedOptions.MaxOrigins}, such as "
            + "https://portal.example, without a path or a wildcard");
        return faults.Result;
    }
}

/// <summary>The origins whose pages may show a chart of this service in a frame.</summary>
/// <param name="All">The origins, as they get into the policy; empty: none may.</param>
public sealed record EmbedOrigins(params IReadOnlyList<string> All)
{
    /// <summary>Whether charts can be embedded at all.</summary>
    public bool IsAny => All.Count > 0;
}

/// <summary>Reads them at the start.</summary>
public static class EmbedStartup
{
    public static EmbedOrigins EmbedOrigins(this StartupOptions options) =>
        new(EmbedOptions.Parse(options.Bind(new EmbedOptionsValidator(), "Embed").Origins ?? "") ?? []);
}
