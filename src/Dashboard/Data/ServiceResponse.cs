namespace XilinIngest.Dashboard.Data;

/// <summary>What a service answered: a value, or why there is none, in the service's own words.</summary>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Problem">Why.</param>
public sealed record ServiceResponse<T>(T? Value, ServiceProblem? Problem)
    where T : class;

/// <summary>Why there is no answer.</summary>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Status">The HTTP status; 0: the service was not reached.</param>
public sealed record ServiceProblem(string Zh, string En, int Status)
{
    private const string LanguageSeparator = " / ";

    /// <summary>Services write both languages in one sentence, Chinese first.</summary>
    public static ServiceProblem Parse(string detail, int status) =>
        detail.IndexOf(LanguageSeparator, StringComparison.Ordinal) is > 0 and var at
        ? new(detail[..at], detail[(at + LanguageSeparator.Length)..], status)
        : new(detail, detail, status);
}
