namespace XilinIngest.Telemetry;

/// <summary>The meters and sources that are exported: those of this system, and those of the libraries that it stands on.</summary>
internal static class TelemetryNames
{
    private const string Own = "XilinIngest.*";

    public static string[] Meters { get; } =
    [
        Own, "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components.Server.Circuits", "Npgsql",
    ];

    // The statements of a database are no spans: there would be eight for each commit, and some each second while nothing happens.
    public static string[] Sources { get; } = [Own, "Microsoft.AspNetCore", "System.Net.Http"];
}
