using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>
/// The settings of a service, from the environment, the command line, <c>appsettings.json</c> or secret files. Everything that is missing or
/// wrong is gathered, and told at once with its name and what to write.
/// </summary>
public sealed partial class HostSettings(IConfiguration configuration)
{
    private readonly List<(string Zh, string En)> _faults = [];

    /// <summary>What the program says in: <c>Console:Language</c>, zh or en.</summary>
    public ServiceConsole CreateConsole() => new(Read<string>("Console:Language", "zh", text => text is "zh" or "en" ? text : null, "zh 或 en", "zh or en") == "en");

    /// <summary>The broker; asked whether it takes us and gives us our queues, where it answers. These are declared: after all other settings, and if none is at fault.</summary>
    /// <param name="queues">What the service reads.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<BrokerConnection?> ResolveBrokerAsync(IEnumerable<IBusQueue> queues, CancellationToken cancellationToken)
    {
        const string key = "ConnectionStrings:Bus";
        var bus = Read<BrokerConnection>(key, null, text => BrokerConnection.TryParse(text, out var address) ? address : null, "amqp(s)://用户:密码@主机[:端口][/虚拟主机]", "amqp(s)://user:password@host[:port][/vhost]");
        if (bus is not null && await bus.FindConnectionErrorAsync(cancellationToken) is { } refusal)
        {
            _faults.Add(($"{EnvironmentName(key)}:消息服务器 {bus} 拒绝连接:{refusal} 请核对用户名、密码、虚拟主机及证书。", $"{EnvironmentName(key)}: the broker {bus} refuses us: {refusal} Check user, password, virtual host and certificate."));
        }
        else if (bus is not null && _faults.Count == 0 && await bus.FindQueueErrorAsync(queues, cancellationToken) is { } refused)
        {
            var isIntake = refused.Queue.Exchange == Exchanges.Intake;
            _faults.Add((
                $"{EnvironmentName(key)}{(isIntake ? "、Intake__Binding" : "")}:消息服务器 {bus} 不让用户 {bus.User} 使用本服务的队列 {refused.Queue.Name}:{refused.Reason}。请换用本服务自己的用户(xilin-worker、xilin-aggregator)。{(isIntake ? "Intake__Binding 须是 xilin-admin broker --intake 所生成并已导入的。" : "")}队列参数不同的(406),先清空再删除该队列。",
                $"{EnvironmentName(key)}{(isIntake ? ", Intake__Binding" : "")}: the broker {bus} does not let the user {bus.User} have this service's queue {refused.Queue.Name}: {refused.Reason}. Use the service's own user (xilin-worker, xilin-aggregator). {(isIntake ? "Intake__Binding must be one that xilin-admin broker --intake made the rights for, and these imported. " : "")}A queue with other arguments (406) is to be drained and deleted first."));
        }

        return bus;
    }

    /// <summary>A database, in the kind that <c>Storage:Provider</c> names; a SQLite file's folder is made if missing.</summary>
    /// <param name="name">Ledger or Cube.</param>
    public Database? FindDatabase(string name)
    {
        if (ReadProvider() is not { } provider)
        {
            // That it is missing is told all the same; whether it fits, no one can say.
            _ = Read<string>($"ConnectionStrings:{name}", null, text => text, "数据库的连接字符串", "the database's connection string");
            return null;
        }

        if (provider == StorageProvider.SqlServer && !HasCultures)
        {
            _faults.Add(("Storage__Provider:SqlServer 的客户端需要 libicu 的区域数据,而 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT 将其关闭。请安装 libicu(Debian:libicu72 等),并去掉该环境变量。",
                "Storage__Provider: the client of SqlServer needs the cultures of libicu, and DOTNET_SYSTEM_GLOBALIZATION_INVARIANT turns them off. Install libicu (Debian: libicu72 or the like) and take that variable out of the environment."));
            return null;
        }

        var (zh, en) = provider switch
        {
            StorageProvider.PostgreSql => ("Host=主机;Database=数据库;Username=用户;Password=密码", "Host=host;Database=database;Username=user;Password=password"),
            StorageProvider.SqlServer => ("Server=主机;Database=数据库;User Id=用户;Password=密码", "Server=host;Database=database;User Id=user;Password=password"),
            _ => ("Data Source=/路径/文件.db", "Data Source=/path/to/file.db"),
        };
        return Read($"ConnectionStrings:{name}", null, text => Storage.Database.TryParse(provider, text), zh, en);
    }

    /// <summary>The kind of database; null, and a fault, where it is none that is known.</summary>
    public StorageProvider? ReadProvider() => Read<object>("Storage:Provider", nameof(StorageProvider.Sqlite),
        text => Enum.TryParse<StorageProvider>(text, ignoreCase: true, out var provider) && text.All(char.IsAsciiLetter) ? provider : null,
        "Sqlite、SqlServer 或 PostgreSql", "Sqlite, SqlServer or PostgreSql") as StorageProvider?;

    /// <summary>The file of the ledger's signing key: beside a SQLite ledger, unless it is named.</summary>
    /// <param name="ledger">The ledger; null: its own fault has been told, and nothing is asked of the key.</param>
    public string? SigningKeyPath(Database? ledger) => ledger is null ? null : Read(
        "Ledger:KeyFile",
        ledger.Provider == StorageProvider.Sqlite ? Path.Combine(Path.GetDirectoryName(ledger.Name)!, "ledger-key.pem") : null,
        text => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(text))) ? Path.GetFullPath(text) : null,
        "签名密钥文件的路径,其文件夹须存在;全部 worker 用同一份", "the path of the signing key's file, in a folder that exists; the same key for all workers");

    /// <summary>The catalogue's folder.</summary>
    public string? CatalogueFolder() => Read<string>("Catalogue:Folder", "catalogue",
        text => Directory.Exists(text) ? Path.GetFullPath(text) : null, "存有 CSV 目录文件的文件夹", "a folder with the catalogue's CSV files");

    /// <summary>The addresses of other services over HTTP, any of which may be asked.</summary>
    /// <param name="name">What they give: Results or Intake.</param>
    /// <param name="usual">Unless told otherwise.</param>
    public IReadOnlyList<Uri>? ServiceUrls(string name, string usual) => Read<IReadOnlyList<Uri>>($"Services:{name}", usual,
        text => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseUrl).ToList() is { Count: > 0 } all && !all.Contains(null) ? [.. all.OfType<Uri>()] : null,
        "http(s)://主机:端口,多个用分号分隔", "http(s)://host:port, several with semicolons");

    private static Uri? ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 ? address : null;

    /// <summary>Where it listens: on this machine alone, unless told otherwise and people have to sign in.</summary>
    /// <param name="usualPort">Unless told otherwise.</param>
    /// <param name="access">How they sign in.</param>
    public ListenEndpoint ReadListenEndpoint(int usualPort, AccessOptions access) => new(Address(), Port(usualPort), access.IsSignInRequired);

    /// <summary>The address it listens on: 127.0.0.1, unless told otherwise.</summary>
    public IPAddress Address() => Read("Http:Address", "127.0.0.1",
        text => IPAddress.TryParse(text, out var address) && (address.ToString() == text || text.Contains(':', StringComparison.Ordinal)) ? address : null,
        "IP 地址:127.0.0.1(仅本机)、0.0.0.0(全部网卡)或本机的某个地址", "an IP address: 127.0.0.1 (this machine only), 0.0.0.0 (every interface) or one of this machine's") ?? IPAddress.Loopback;

    private int Port(int otherwise) => Read<object>("Http:Port", otherwise.ToString(CultureInfo.InvariantCulture),
        text => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (int)port : null, "0 至 65535;0 为任一空闲端口", "0 to 65535; 0 takes a free port") as int? ?? 0;

    /// <summary>How many bytes an office may have stored in an hour.</summary>
    /// <param name="usual">Unless told otherwise.</param>
    public long BytesPerHour(long usual) => Read<object>("Intake:BytesPerHour", usual.ToString(CultureInfo.InvariantCulture),
        text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= 1024 * 1024 ? bytes : null,
        "每单位每小时的字节数,不少于 1048576", "bytes for each office and hour, 1048576 or more") as long? ?? usual;

    /// <summary>Which part of the tree the intake takes.</summary>
    /// <param name="catalogueFolder">Whose units must have something in that part; null, or with faults of its own: not asked.</param>
    public string IntakeBinding(string? catalogueFolder)
    {
        var binding = Read<string>("Intake:Binding", "#",
            text => BindingPattern().IsMatch(text) ? text : null, "#(全部),或下级区划如 32.04.04.004.#", "# for all, or a subtree such as 32.04.04.004.#") ?? "#";
        if (binding != "#" && catalogueFolder is not null && CatalogueReader.Read(catalogueFolder).Catalogue?.Units is { } units
            && !units.All.Any(unit => unit.Spans.Any(span => $"{units.PathOf(unit, span.From)}.".StartsWith(binding[..^1], StringComparison.Ordinal))))
        {
            _faults.Add(($"设置 Intake__Binding 的值 {binding} 在 units.csv 中没有任何单位。请写成目录中某个区划的路径,如 32.04.04.004.#,或先在 units.csv 中加入该区划。",
                $"Setting Intake__Binding: no unit in units.csv is under {binding}. Write the path of a unit of the catalogue, such as 32.04.04.004.#, or add the unit to units.csv first."));
        }

        return binding;
    }

    /// <summary>Whether something was missing or wrong; if so, all of it has been said.</summary>
    public bool ReportFaults(ServiceConsole console)
    {
        if (SecretFiles.FindFault(configuration) is { } fault)
        {
            // First, since it may be why others are missing.
            var (name, folder) = (EnvironmentName(SecretFiles.Setting), configuration[SecretFiles.Setting]);
            _faults.Insert(0, ($"设置 {name} 的文件夹 {folder} 无法读取:{fault}。请写成存有设置文件(文件名同环境变量名)的文件夹,并让本服务的用户能读取其中的文件;不用的,删去此设置。",
                $"Setting {name}: the folder {folder} cannot be read: {fault}. Name a folder of files, called as in the environment, and let the service's user read them; or take the setting out."));
        }

        if (configuration.GetSection("Kestrel").GetSection("Endpoints").GetChildren().Any())
        {
            _faults.Add(("设置 Kestrel__Endpoints 不起作用:本服务只在 Http__Address 和 Http__Port 所定的一处监听,未设登录时仅限本机。请改用这两项设置,并删去 Kestrel__Endpoints。",
                "Setting Kestrel__Endpoints has no effect: the service listens where Http__Address and Http__Port say and nowhere else, and without sign-in on this machine alone. Use these two, and take Kestrel__Endpoints out."));
        }

        foreach (var (zh, en) in _faults.Distinct())
        {
            console.Fail(zh, en);
        }

        return _faults.Count > 0;
    }

    private T? Read<T>(string key, string? otherwise, Func<string, T?> parse, string wantedZh, string wantedEn)
        where T : class
    {
        var text = configuration[key] is { Length: > 0 } given ? given : otherwise;
        if (text is not null && parse(text) is { } value)
        {
            return value;
        }

        // What may hold a password is not shown.
        var shown = key.StartsWith("ConnectionStrings", StringComparison.Ordinal) ? "" : $" {QuotedInput.Truncate(text)}";
        _faults.Add(text is null
            ? ($"缺少设置 {EnvironmentName(key)}。请写成:{wantedZh}。", $"Setting {EnvironmentName(key)} is missing. Write: {wantedEn}.")
            : ($"设置 {EnvironmentName(key)} 的值{shown}不能用。应为:{wantedZh}。", $"Setting {EnvironmentName(key)} cannot be used as it stands{(shown.Length > 0 ? ":" : "")}{shown}. Write: {wantedEn}."));
        return null;
    }

    // Without them there is one alone, which is of no country.
    private static bool HasCultures => CultureInfo.GetCultures(CultureTypes.SpecificCultures).Length > 1;

    // As it is written in the environment, where services are configured.
    private static string EnvironmentName(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    [GeneratedRegex("^(#|([0-9A-Z]+\\.)+#)$")]
    private static partial Regex BindingPattern();
}
