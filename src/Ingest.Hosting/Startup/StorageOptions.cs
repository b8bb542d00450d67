using System.Globalization;
using Microsoft.Extensions.Options;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>The databases: <c>Storage:Provider</c>, <c>ConnectionStrings:Ledger</c>, <c>:Cube</c> and <c>:Notices</c>.</summary>
internal sealed class StorageOptions
{
    public string? Provider { get; set; }

    public string? Ledger { get; set; }

    public string? Cube { get; set; }

    public string? Notices { get; set; }

    /// <summary>SQLite unless another provider is named; null: the name is unknown.</summary>
    public StorageProvider? FindProvider() =>
        string.IsNullOrEmpty(Provider) ? StorageProvider.Sqlite
        : Enum.TryParse<StorageProvider>(Provider, ignoreCase: true, out var provider) && Provider.All(char.IsAsciiLetter) ? provider
        : null;

    public string? ConnectionString(string database) => database switch
    {
        nameof(Ledger) => Ledger,
        nameof(Cube) => Cube,
        _ => Notices,
    };

    /// <summary>The database; null: its settings have a fault. The folder of a SQLite file is created if missing.</summary>
    public Database? FindDatabase(string database) =>
        FindProvider() is { } provider && ConnectionString(database) is { Length: > 0 } text ? Database.TryParse(provider, text) : null;
}

/// <summary>Validates the provider and the connection strings of the databases that a service uses.</summary>
internal sealed class StorageOptionsValidator(params string[] databases) : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var faults = new SettingFaults();
        var provider = options.FindProvider();
        faults.Check("Storage:Provider", options.Provider, _ => provider is not null, "Sqlite、SqlServer 或 PostgreSql",
            "Sqlite, SqlServer or PostgreSql");
        if (databases.Length > 0 && provider == StorageProvider.SqlServer && !HasCultures)
        {
            faults.Add(
                "Storage__Provider:SqlServer 的客户端需要 libicu 的区域数据，而 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT 将其关闭。"
                + "请安装 libicu（Debian：libicu72 等），并去掉该环境变量。",
                "Storage__Provider: the client of SqlServer needs the cultures of libicu, and DOTNET_SYSTEM_GLOBALIZATION_INVARIANT "
                + "turns them off. "
                + "Install libicu (Debian: libicu72 or the like) and take that variable out of the environment.");
            return faults.Result;
        }

        foreach (var database in databases)
        {
            // With an unknown provider, a connection string can be missing, but not wrong.
            var (zh, en) = ConnectionStringFormat(provider);
            faults.Require(
                $"ConnectionStrings:{database}", options.ConnectionString(database),
                text => provider is not { } known || Database.TryParse(known, text) is not null, zh, en);
        }

        return faults.Result;
    }

    internal static (string Zh, string En) ConnectionStringFormat(StorageProvider? provider) => provider switch
    {
        StorageProvider.PostgreSql => (
            "Host=主机；Database=数据库；Username=用户；Password=密码", "Host=host;Database=database;Username=user;Password=password"),
        StorageProvider.SqlServer => (
            "Server=主机；Database=数据库；User Id=用户；Password=密码", "Server=host;Database=database;User Id=user;Password=password"),
        StorageProvider.Sqlite => ("Data Source=/路径/文件.db", "Data Source=/path/to/file.db"),
        _ => ("数据库的连接字符串", "the database's connection string"),
    };

    // In the invariant globalization mode there is only one culture.
    private static bool HasCultures => CultureInfo.GetCultures(CultureTypes.SpecificCultures).Length > 1;
}

/// <summary>Reads the options of the databases at the start.</summary>
public static class StorageStartup
{
    private static readonly string[] Sections = ["Storage", "ConnectionStrings"];

    /// <summary>A database; null, and a fault: its settings are missing or wrong.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="name">Ledger, Cube or Notices.</param>
    public static Database? FindDatabase(this StartupOptions options, string name) =>
        options.Bind(new StorageOptionsValidator(name), Sections).FindDatabase(name);

    /// <summary>Whether the settings name a database, which a program then uses and else does without.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="name">Ledger, Cube or Notices.</param>
    public static bool NamesDatabase(this StartupOptions options, string name) =>
        !string.IsNullOrEmpty(options.Bind(new StorageOptionsValidator(), Sections).ConnectionString(name));

    /// <summary>The kind of database; null, and a fault: the name is unknown.</summary>
    public static StorageProvider? ReadProvider(this StartupOptions options) =>
        options.Bind(new StorageOptionsValidator(), Sections).FindProvider();
}
