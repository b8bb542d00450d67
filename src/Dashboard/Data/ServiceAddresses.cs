namespace XilinIngest.Dashboard.Data;

/// <summary>Where the services are that the pages ask. In one process, its own address, which is known once it listens.</summary>
/// <param name="Results">The aggregator's.</param>
/// <param name="Intake">A worker's.</param>
internal sealed record ServiceAddresses(Func<Uri> Results, Func<Uri> Intake)
{
    /// <summary>The service that a path belongs to.</summary>
    public Uri Of(string path) => new(path.StartsWith("/api/submissions", StringComparison.Ordinal) || path.StartsWith("/api/ledger", StringComparison.Ordinal) ? Intake() : Results(), path);
}
