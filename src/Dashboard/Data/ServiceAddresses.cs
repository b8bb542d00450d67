namespace XilinIngest.Dashboard.Data;

/// <summary>Where the services are that the pages ask. In one process, its own address, which is known once it listens.</summary>
/// <param name="Results">The aggregator's, and its standby's.</param>
/// <param name="Intake">The workers'.</param>
internal sealed record ServiceAddresses(Func<IReadOnlyList<Uri>> Results, Func<IReadOnlyList<Uri>> Intake)
{
    /// <summary>Those that a path belongs to.</summary>
    public IReadOnlyList<Uri> ForPath(string path) => IsIntake(path) ? Intake() : Results();

    /// <summary>Whether a path is the workers'.</summary>
    public static bool IsIntake(string path) =>
        path.StartsWith("/api/submissions", StringComparison.Ordinal) || path.StartsWith("/api/ledger", StringComparison.Ordinal);
}
