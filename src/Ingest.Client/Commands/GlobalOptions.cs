using System.CommandLine;
using XilinIngest.Client.Outbox;
using XilinIngest.ClientLibrary;
using XilinIngest.InputOutput;

namespace XilinIngest.Client.Commands;

/// <summary>The options that all commands share, combined with the environment.</summary>
internal sealed class GlobalOptions
{
    public GlobalOptions(ConsoleOutput output)
    {
        Server = Text("--server", "URL",
            "服务地址，如 http://127.0.0.1:5080（环境变量 XILIN_SERVER）。",
            "The service, such as http://127.0.0.1:5080 (or XILIN_SERVER).");
        Bus = Text("--bus", "URL",
            "消息队列地址，如 amqps://用户@主机/虚拟主机（XILIN_BUS）；密码放在 XILIN_BUS_PASSWORD 或 --password-file。",
            "The message queue, such as amqps://user@host/vhost (or XILIN_BUS); the password in "
            + "XILIN_BUS_PASSWORD or --password-file.");
        PasswordFile = Text("--password-file", "FILE",
            "消息队列密码所在的文件（首行）。",
            "A file whose first line is the message queue's password.");
        AccessKeyFile = Text("--access-key-file", "FILE",
            "访问密钥所在的文件（首行；或 XILIN_ACCESS_KEY），服务须登录时用。",
            "A file whose first line is the access key (or XILIN_ACCESS_KEY), where the service wants one.");
        CertificateAuthority = Text("--ca", "FILE",
            "amqps：信任的证书颁发机构（PEM；XILIN_CA）；默认用系统的。",
            "amqps: the certification authority to trust (PEM; or XILIN_CA); default: the system's.");
        Certificate = Text("--cert", "FILE",
            "amqps：本单位的证书（PEM；XILIN_CERT）；可代替密码。",
            "amqps: the office's certificate (PEM; or XILIN_CERT); may stand in for the password.");
        Key = Text("--key", "FILE",
            "证书的私钥（PEM；XILIN_KEY）；默认在证书文件里。",
            "The certificate's key (PEM; or XILIN_KEY); default: in the certificate's file.");
        Outbox = Text("--outbox", "DIR",
            $"发件箱目录（XILIN_OUTBOX；默认 {OutboxFolder.Default}）；一个发件箱只对应一个服务。",
            $"The outbox folder (or XILIN_OUTBOX; default {OutboxFolder.Default}); one for each service.");
        Catalogue = Text("--catalogue", "DIR",
            "目录文件夹（XILIN_CATALOGUE）；不给时用服务器的或上次取得的。",
            "The catalogue's folder (or XILIN_CATALOGUE); else the server's, or the copy of it kept last.");
        Timeout = new("--timeout")
        {
            Recursive = true,
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 20,
            Description = output.Text("最多等待答复的秒数。", "How many seconds to wait for an answer.")
        };
        Timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3600)
            {
                result.AddError(output.Text("--timeout 须为 1 至 3600。", "--timeout must be from 1 to 3600."));
            }
        });
        Language = new("--lang")
        {
            Recursive = true,
            DefaultValueFactory = _ => "zh",
            Description = output.Text("zh 或 en（XILIN_LANG）。", "zh or en (or XILIN_LANG).")
        };
        Language.AcceptOnlyFromAmong("zh", "en");

        Option<string?> Text(string name, string helpName, string zh, string en) =>
            new(name) { Recursive = true, HelpName = helpName, Description = output.Text(zh, en) };
    }

    public Option<string?> Server { get; }
    public Option<string?> Bus { get; }
    public Option<string?> PasswordFile { get; }
    public Option<string?> AccessKeyFile { get; }
    public Option<string?> CertificateAuthority { get; }
    public Option<string?> Certificate { get; }
    public Option<string?> Key { get; }
    public Option<string?> Outbox { get; }
    public Option<string?> Catalogue { get; }
    public Option<int> Timeout { get; }
    public Option<string> Language { get; }

    public IEnumerable<Option> All =>
        [Server, Bus, PasswordFile, AccessKeyFile, CertificateAuthority, Certificate, Key, Outbox, Catalogue, Timeout, Language];

    /// <param name="result">The command line.</param>
    /// <param name="way">The transports of the command, for the case that both are in the environment.</param>
    /// <exception cref="CommandException">An address is malformed, or it is ambiguous which one is meant.</exception>
    public ClientSettings Read(ParseResult result, TransportMode way = TransportMode.Optional)
    {
        var (server, bus) = (result.GetValue(Server), result.GetValue(Bus));
        if (server is not null && bus is not null)
        {
            throw new CommandException(ExitCodes.Usage, "--server 和 --bus 只能给一个。", "Give --server or --bus, not both.");
        }

        // The command line takes precedence over the environment.
        if (server is null && bus is null)
        {
            (server, bus) = (way, FromEnvironment("XILIN_SERVER"), FromEnvironment("XILIN_BUS")) switch
            {
                (TransportMode.Bus, _, var named) => ((string?)null, named),
                (TransportMode.Server, var named, _) => (named, (string?)null),
                (TransportMode.Required, not null, not null) =>
                    throw new CommandException(ExitCodes.Usage, "XILIN_SERVER 和 XILIN_BUS 都设了，不知道走哪一条：请用 --server 或 --bus 指明。",
                        "XILIN_SERVER and XILIN_BUS are both set: say which with --server or --bus."),
                (_, { } named, _) => (named, null),
                (_, _, var named) => (null, named),
            };
        }

        return new ClientSettings
        {
            Server = server is null ? null : ServerUri(server),
            Bus = bus is null ? null : BrokerCommandOptions.Read(
                bus, result.GetValue(PasswordFile), result.GetValue(CertificateAuthority) ?? FromEnvironment("XILIN_CA"),
                result.GetValue(Certificate) ?? FromEnvironment("XILIN_CERT"), result.GetValue(Key) ?? FromEnvironment("XILIN_KEY")),
            Outbox = result.GetValue(Outbox) ?? FromEnvironment("XILIN_OUTBOX") ?? OutboxFolder.Default,
            CatalogueFolder = result.GetValue(Catalogue) ?? FromEnvironment("XILIN_CATALOGUE"),
            Timeout = TimeSpan.FromSeconds(result.GetValue(Timeout)),
            AccessKey = AccessKey(result.GetValue(AccessKeyFile)),
        };
    }

    // The key is not an option, because other users can see a command line.
    private static string? AccessKey(string? file)
    {
        try
        {
            var key = (file is null ? FromEnvironment("XILIN_ACCESS_KEY") : File.ReadLines(file).FirstOrDefault())?.Trim();
            return key is null
                || (key.Length > 0 && key.All(character => char.IsAscii(character) && !char.IsControl(character) && character != ' '))
                ? key
                : throw new CommandException(ExitCodes.Usage, "访问密钥不对：应是一行，以 xk_ 开头。请向系统管理员索取。",
                    "The access key is malformed: it is one line that begins with xk_. Whoever runs the system gives it.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"访问密钥文件无法读取：{exception.Message}",
                $"The file of the access key cannot be read: {exception.Message}");
        }
    }

    private static Uri ServerUri(string text)
    {
        // The text is not shown, because it may contain a password before the @.
        if (text.Contains('@', StringComparison.Ordinal))
        {
            throw new CommandException(ExitCodes.Usage, "服务地址里不写用户名和密码：服务不看它。应如 http://127.0.0.1:5080。",
                "The service's address takes no user and no password, for nothing would heed them; "
                    + "it should be like http://127.0.0.1:5080.");
        }

        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandException(ExitCodes.Usage, $"服务地址 {text} 不对，应如 http://127.0.0.1:5080。",
                $"The service's address {text} is malformed; it should be like http://127.0.0.1:5080.");
    }

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>The transports that a command can use.</summary>
internal enum TransportMode
{
    /// <summary>The command may run without either.</summary>
    Optional,
    Server,
    Bus,

    /// <summary>Either transport, but only one of them, because the command sends or follows there.</summary>
    Required,
}

/// <summary>The settings from the options and the environment.</summary>
internal sealed record ClientSettings
{
    public Uri? Server { get; init; }

    public BrokerConnectionSettings? Bus { get; init; }
    public required string Outbox { get; init; }
    public string? CatalogueFolder { get; init; }
    public required TimeSpan Timeout { get; init; }

    /// <summary>The access key of the office; null: the service does not require one.</summary>
    public string? AccessKey { get; init; }

    /// <param name="timeout">The time limit of a request; null: no limit.</param>
    /// <exception cref="CommandException">The settings name no server.</exception>
    public HttpClient CreateHttpClient(TimeSpan? timeout = null) => Server is { } server
        ? new HttpClient(new ConnectionFaultHandler())
        {
            BaseAddress = server,
            Timeout = timeout ?? Timeout,
            DefaultRequestHeaders = { Authorization = AccessKey is null ? null : new("Bearer", AccessKey) }
        }
        : throw new CommandException(ExitCodes.Usage, "请用 --server 或 XILIN_SERVER 指定服务地址。",
            "Name the service with --server or XILIN_SERVER.");
}
