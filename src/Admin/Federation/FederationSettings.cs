using Microsoft.Extensions.Configuration;

namespace XilinIngest.Admin.Federation;

/// <summary>The settings of <c>federate</c>, which are no options, because other users can see a command line.</summary>
/// <param name="Source">The name of the lower installation in the submissions.</param>
/// <param name="FromKey">The access key of the lower installation; null: it wants none.</param>
/// <param name="ToKey">The access key of the upper installation; null: it wants none.</param>
internal sealed record FederationSettings(string Source, string? FromKey, string? ToKey)
{
    private const int MaxSourceLength = 200;

    public (string Zh, string En)? Fault { get; private init; }

    public static FederationSettings Read(IConfiguration configuration, Uri from)
    {
        var source = Text(configuration, "Source") ?? from.GetLeftPart(UriPartial.Authority);
        return new(source, Text(configuration, "FromKey"), Text(configuration, "ToKey"))
        {
            Fault = source.Length > MaxSourceLength || source.Any(char.IsControl)
                ? ($"Federation__Source 最多 {MaxSourceLength} 个字符，不含控制字符。",
                    $"Federation__Source has at most {MaxSourceLength} characters and no control characters.")
                : null,
        };
    }

    private static string? Text(IConfiguration configuration, string name) =>
        configuration["Federation:" + name]?.Trim() is { Length: > 0 } text ? text : null;
}
