namespace XilinIngest.Hosting.Access;

/// <summary>How people sign in, and how often they may knock; the settings <c>Access:…</c>.</summary>
public sealed record AccessOptions
{
    /// <summary>The file of keys; it may be made while the service runs. Null: there is none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The OpenID Connect provider; null: there is none.</summary>
    public Uri? Authority { get; init; }

    /// <summary>What a token for the API must be meant for.</summary>
    public string? Audience { get; init; }

    /// <summary>As what the provider knows the pages; null: they offer keys alone.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The claim whose values are rights.</summary>
    public string RightClaim { get; init; } = "roles";

    /// <summary>The claim whose values are the codes of units to enter for.</summary>
    public string UnitClaim { get; init; } = "xilin_unit";

    public string ReadRole { get; init; } = "xilin-read";

    public string EnterRole { get; init; } = "xilin-enter";

    public string AdminRole { get; init; } = "xilin-admin";

    /// <summary>Where the pages keep what seals their cookies; null: in memory, and a restart signs everyone out.</summary>
    public string? Folder { get; init; }

    /// <summary>Requests to the intake, of each caller. An office that sends 5,000 submissions one by one stays below.</summary>
    public int IntakePerMinute { get; init; } = 6_000;

    /// <summary>Attempts to sign in on the pages, from each address.</summary>
    public int SignInsPerMinute { get; init; } = 60;

    /// <summary>Whether anyone has to sign in, as far as is known when the service starts.</summary>
    public bool IsSignInRequired => Authority is not null || (KeyFile is not null && Path.Exists(KeyFile));
}
