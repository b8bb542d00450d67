using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>
/// A member of a cluster of aggregators: <c>ConnectionStrings:Cluster</c>, <c>Cluster:Id</c>, <c>Cluster:Address</c>, <c>Cluster:Port</c>.
/// </summary>
internal sealed class ClusterOptions
{
    private const string DefaultId = "xilin";
    private const int DefaultPort = 5092;
    private const int LongestId = 60;

    public string? Cluster { get; set; }

    public string? Id { get; set; }

    public string? Address { get; set; }

    public string? Port { get; set; }

    public Database? FindDatabase() =>
        string.IsNullOrEmpty(Cluster) ? null : Database.TryParse(StorageProvider.PostgreSql, Cluster);

    public MemberSettings? FindMember() => FindDatabase() is { } database && TryParseAddress(Address) is { } address
        ? new MemberSettings(database, Cluster!, string.IsNullOrEmpty(Id) ? DefaultId : Id,
            new IPEndPoint(address, TryParsePort(Port) ?? DefaultPort))
        : null;

    internal static bool IsId(string text) =>
        text.Length <= LongestId && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    internal static IPAddress? TryParseAddress(string? text) =>
        string.IsNullOrEmpty(text) ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? address : null;

    internal static int? TryParsePort(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port : null;
}

/// <summary>A member of a cluster, as its settings say.</summary>
/// <param name="Membership">The database in which the members find each other.</param>
/// <param name="ConnectionString">Its connection string.</param>
/// <param name="Id">The name of the cluster.</param>
/// <param name="EndPoint">Where the other members reach this one.</param>
public sealed record MemberSettings(Database Membership, string ConnectionString, string Id, IPEndPoint EndPoint);

/// <summary>Validates the settings of a member.</summary>
internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var faults = new SettingFaults();
        faults.Require(
            "ConnectionStrings:Cluster", options.Cluster, _ => options.FindDatabase() is not null,
            "PostgreSQL：Host=主机；Database=数据库；Username=用户；Password=密码",
            "PostgreSQL: Host=host;Database=database;Username=user;Password=password");
        faults.Check("Cluster:Id", options.Id, ClusterOptions.IsId, "集群名称，字母、数字、-、_，最多 60 个字符",
            "the cluster's name, of letters, digits, - and _, at most 60");
        faults.Check(
            "Cluster:Address", options.Address, text => ClusterOptions.TryParseAddress(text) is not null,
            "本机的 IP 地址，供其他成员连接", "the IP address of this machine at which the other members reach it");
        faults.Check(
            "Cluster:Port", options.Port, text => ClusterOptions.TryParsePort(text) is not null, "供其他成员连接的端口，1 至 65535",
            "the port at which the other members reach it, from 1 to 65535");
        return faults.Result;
    }
}

/// <summary>Reads at the start the cluster that a process is a member of.</summary>
public static class ClusterStartup
{
    /// <summary>The member; null, and a fault: its settings are missing or wrong.</summary>
    public static MemberSettings? ReadMemberSettings(this StartupOptions options) =>
        options.Bind(new ClusterOptionsValidator(), "Cluster", "ConnectionStrings").FindMember();

    /// <summary>Adds a fault if a database that all members use is a file of one machine.</summary>
    public static void RequireServer(this StartupOptions options, Database? database)
    {
        if (database is { Provider: StorageProvider.Sqlite })
        {
            options.AddFault(
                "设置 Storage__Provider：集群的成员共用数据库，不能用 Sqlite。请写成 PostgreSql 或 SqlServer，并改写 ConnectionStrings__Cube。",
                "Setting Storage__Provider: the members of a cluster share their databases, which Sqlite does not. Write PostgreSql or "
                + "SqlServer, and change ConnectionStrings__Cube with it.");
        }
    }
}
