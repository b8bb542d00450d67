namespace XilinIngest.Dashboard.Data;

/// <summary>The addresses of the services. In one process, this is its own address, which is known once the process listens.</summary>
/// <param name="Results">The addresses of the aggregator and its standby.</param>
/// <param name="Intake">The addresses of the workers.</param>
internal sealed record ServiceAddresses(Func<IReadOnlyList<Uri>> Results, Func<IReadOnlyList<Uri>> Intake)
{
    /// <summary>The addresses that serve a path.</summary>
    public IReadOnlyList<Uri> ForPath(string path) => IsIntake(path) ? Intake() : Results();

    /// <summary>Whether the workers serve a path.</summary>
    public static bool IsIntake(string path) =>
        path.StartsWith("/api/submissions", StringComparison.Ordinal) || path.StartsWith("/api/ledger", StringComparison.Ordinal)
        || path.StartsWith("/api/timeliness", StringComparison.Ordinal) || path.StartsWith("/api/months/", StringComparison.Ordinal);
}
