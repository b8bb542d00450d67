namespace XilinIngest.Contracts.Responses;

/// <summary>The defaults for a request that names no unit or month.</summary>
/// <param name="Unit">The unit of the report: the one whose units below report themselves.</param>
/// <param name="First">The first month with a report; null if there is none.</param>
/// <param name="Last">The last month with a report.</param>
/// <param name="Due">The newest open month, which is to be reported now; null if none is open.</param>
/// <param name="Through">The last ledger row that the figures include.</param>
/// <param name="Now">The service's time.</param>
/// <param name="CatalogueVersion">
/// The version of the catalogue that the figures were computed with, as in the response of <c>/api/catalogue</c>.
/// </param>
public sealed record ReportingStatus(
    string Unit, string? First, string? Last, string? Due, long Through, DateTimeOffset Now, string CatalogueVersion)
{
    /// <summary>
    /// Where the unit tree is split: the last row of each partition's ledger that the figures include, by path; <see cref="Through"/> is
    /// their sum. Absent where one ledger has the whole tree.
    /// </summary>
    public IReadOnlyDictionary<string, long>? ThroughOf { get; init; }
}
