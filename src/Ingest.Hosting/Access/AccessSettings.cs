using System.Globalization;

namespace XilinIngest.Hosting.Access;

/// <summary>The section <c>Access</c> as written in the settings. Valid settings are converted to <see cref="AccessOptions"/>.</summary>
internal sealed class AccessSettings
{
    public string? Keys { get; set; }

    public string? Authority { get; set; }

    public string? Audience { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string? RightClaim { get; set; }

    public string? UnitClaim { get; set; }

    public string? ReadRole { get; set; }

    public string? EnterRole { get; set; }

    public string? CloseRole { get; set; }

    public string? ActRole { get; set; }

    public string? ReviewRole { get; set; }

    public string? AdminRole { get; set; }

    public string? Folder { get; set; }

    public string? IntakePerMinute { get; set; }

    public string? SignInsPerMinute { get; set; }

    internal static Uri? TryParseAuthority(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
            ? address
            : null;

    internal static int? TryParseRate(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0 ? times : null;

    /// <param name="defaultKeys">The default file of keys; it may be missing.</param>
    /// <param name="defaultFolder">The default folder of the keys that protect the pages' cookies.</param>
    public AccessOptions ToOptions(string? defaultKeys, string? defaultFolder)
    {
        var defaults = new AccessOptions();
        return new AccessOptions
        {
            KeyFile = File.Exists(Keys) ? Path.GetFullPath(Keys) : defaultKeys,
            Authority = TryParseAuthority(Authority),
            Audience = NullIfEmpty(Audience),
            ClientId = NullIfEmpty(ClientId),
            ClientSecret = NullIfEmpty(ClientSecret),
            RightClaim = RightClaim ?? defaults.RightClaim,
            UnitClaim = UnitClaim ?? defaults.UnitClaim,
            ReadRole = ReadRole ?? defaults.ReadRole,
            EnterRole = EnterRole ?? defaults.EnterRole,
            CloseRole = CloseRole ?? defaults.CloseRole,
            ActRole = ActRole ?? defaults.ActRole,
            ReviewRole = ReviewRole ?? defaults.ReviewRole,
            AdminRole = AdminRole ?? defaults.AdminRole,
            Folder = Directory.Exists(Folder) ? Path.GetFullPath(Folder) : defaultFolder,
            IntakePerMinute = TryParseRate(IntakePerMinute) ?? defaults.IntakePerMinute,
            SignInsPerMinute = TryParseRate(SignInsPerMinute) ?? defaults.SignInsPerMinute,
        };
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
