namespace XilinIngest.Contracts.Responses;

/// <summary>Where someone who asks for nothing in particular begins.</summary>
/// <param name="Unit">The unit whose report it is: the one below which units report themselves.</param>
/// <param name="First">The first month of which anything is reported; null: nothing is.</param>
/// <param name="Last">The last one.</param>
/// <param name="Due">The newest month that is taken: the one to be reported now; null: none is open.</param>
/// <param name="Through">The ledger row through which the figures hold.</param>
/// <param name="Now">The service's time.</param>
/// <param name="CatalogueVersion">The version of the catalogue that the figures were made with: it names the catalogue that
/// <c>/api/catalogue</c> answers.</param>
public sealed record ReportingStatus(
    string Unit, string? First, string? Last, string? Due, long Through, DateTimeOffset Now, string CatalogueVersion);
