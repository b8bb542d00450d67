namespace XilinIngest.Dashboard.Data;

/// <summary>The response of a service: a value, or the reason why there is none, as the service words it.</summary>
/// <param name="Value">The value; null: there is none.</param>
/// <param name="Problem">The reason why there is no value.</param>
public sealed record ServiceResponse<T>(T? Value, ServiceProblem? Problem)
    where T : class;

/// <summary>The reason why there is no response.</summary>
/// <param name="Zh">The text in Chinese.</param>
/// <param name="En">The text in English.</param>
/// <param name="Status">The HTTP status; 0: the service was not reached.</param>
public sealed record ServiceProblem(string Zh, string En, int Status)
{
    private const string LanguageSeparator = " / ";

    /// <summary>Splits a text of a service, which has Chinese first and English second.</summary>
    public static ServiceProblem Parse(string detail, int status) =>
        detail.IndexOf(LanguageSeparator, StringComparison.Ordinal) is > 0 and var at
        ? new(detail[..at], detail[(at + LanguageSeparator.Length)..], status)
        : new(detail, detail, status);
}
