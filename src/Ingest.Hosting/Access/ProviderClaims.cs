using System.Globalization;
using System.Security.Claims;
using XilinIngest.Indicators;

namespace XilinIngest.Hosting.Access;

/// <summary>Reads the caller from the claims of an OpenID Connect provider.</summary>
internal static class ProviderClaims
{
    // The order matters: a name that people choose for themselves does not identify them in the ledger, so no such claim is listed.
    private static readonly string[] Names = ["preferred_username", "email", "client_id", "azp", "sub"];

    public static Caller Read(ClaimsPrincipal principal, AccessOptions options)
    {
        var roles = principal.FindAll(options.RightClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var name = Names.Select(each => principal.FindFirst(each)?.Value).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "?";
        return new Caller
        {
            Name = SenderName.Sanitize(name),
            Rights = (roles.Contains(options.ReadRole) ? Rights.Read : 0)
                | (roles.Contains(options.EnterRole) ? Rights.Enter : 0)
                | (roles.Contains(options.CloseRole) ? Rights.Close : 0)
                | (roles.Contains(options.ActRole) ? Rights.Act : 0)
                | (roles.Contains(options.ReviewRole) ? Rights.Review : 0)
                | (roles.Contains(options.AdminRole) ? Rights.Administer : 0),
            Units = [.. principal.FindAll(options.UnitClaim)
                .Select(claim => claim.Value.Trim()).Where(unit => UnitCode.TryParse(unit, out _)).Distinct(StringComparer.Ordinal)],
            ExpiresAt = long.TryParse(principal.FindFirst("exp")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
                ? DateTimeOffset.FromUnixTimeSeconds(end) : null,
        };
    }
}
