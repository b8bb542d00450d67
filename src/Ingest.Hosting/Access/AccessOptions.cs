namespace XilinIngest.Hosting.Access;

/// <summary>How people and programs sign in, and their rate limits; the settings <c>Access:…</c>.</summary>
public sealed record AccessOptions
{
    /// <summary>The file of keys; it may be created while the service runs. Null: there is none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The OpenID Connect provider; null: there is none.</summary>
    public Uri? Authority { get; init; }

    /// <summary>The audience that a token for the API must have.</summary>
    public string? Audience { get; init; }

    /// <summary>The pages' client id at the provider; null: the pages accept keys alone.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The claim whose values are rights.</summary>
    public string RightClaim { get; init; } = "roles";

    /// <summary>The claim whose values are the codes of the units that the caller enters figures for.</summary>
    public string UnitClaim { get; init; } = "xilin_unit";

    public string ReadRole { get; init; } = "xilin-read";

    public string EnterRole { get; init; } = "xilin-enter";

    public string CloseRole { get; init; } = "xilin-close";

    public string ActRole { get; init; } = "xilin-act";

    public string ReviewRole { get; init; } = "xilin-review";

    public string AdminRole { get; init; } = "xilin-admin";

    /// <summary>
    /// The folder of the keys that protect the pages' cookies; null: they are in memory, and a restart signs everyone out.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Requests to the intake for each caller and minute. An office that sends 5,000 submissions one by one stays below.</summary>
    public int IntakePerMinute { get; init; } = 6_000;

    /// <summary>Attempts to sign in on the pages for each address and minute.</summary>
    public int SignInsPerMinute { get; init; } = 60;

    /// <summary>Whether anyone has to sign in, as far as is known when the service starts.</summary>
    public bool IsSignInRequired => Authority is not null || (KeyFile is not null && Path.Exists(KeyFile));
}
