namespace XilinIngest.Dashboard.Data;

/// <summary>The services that the pages ask.</summary>
internal enum ServiceRole
{
    /// <summary>The aggregator and its standby.</summary>
    Results,

    /// <summary>The workers.</summary>
    Intake,

    /// <summary>The notifier.</summary>
    Notices,
}

/// <summary>The addresses of the services. In one process, this is its own address, which is known once the process listens.</summary>
/// <param name="Of">The addresses of a service.</param>
internal sealed record ServiceAddresses(Func<ServiceRole, IReadOnlyList<Uri>> Of)
{
    private static readonly (string Path, ServiceRole Role)[] Paths =
    [
        ("/api/submissions", ServiceRole.Intake), ("/api/ledger", ServiceRole.Intake), ("/api/timeliness", ServiceRole.Intake),
        ("/api/months/", ServiceRole.Intake), ("/api/notices", ServiceRole.Notices),
        ("/api/silences", ServiceRole.Notices), ("/api/tasks", ServiceRole.Notices), ("/api/reminders", ServiceRole.Notices),
    ];

    /// <summary>The service that serves a path: the aggregator, unless another one is named.</summary>
    public static ServiceRole RoleOf(string path) =>
        Paths.FirstOrDefault(each => path.StartsWith(each.Path, StringComparison.Ordinal)).Role;
}
