using System.Net;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Sending;
using XilinIngest.ClientLibrary;

namespace XilinIngest.Client.Commands;

/// <summary>Opens the client, outbox and catalogue of a command, according to the settings.</summary>
internal static class CommandSetup
{
    /// <exception cref="CommandException">The settings name no service.</exception>
    public static XilinClient OpenClient(ClientSettings settings, ClientCatalogue? catalogue, OutboxFolder outbox, ConsoleOutput output)
    {
        RequireTarget(settings);
        return XilinClient.Connect(new XilinClientOptions
        {
            Server = settings.Bus is null ? settings.Server : null,
            AccessKey = settings.AccessKey,
            Broker = settings.Bus,
            Timeout = settings.Timeout,
            UnitPath = catalogue is null ? null : catalogue.PathOf,
            OnOtherReceipt = outbox.SaveUnmatchedReceipt,
            OnInvalidMessage = message => output.WriteErrorLine(message, message),
        });
    }

    /// <exception cref="CommandException">The settings name no service.</exception>
    public static XilinClient OpenWatchingClient(ClientSettings settings, Action<string> onDisconnected)
    {
        RequireTarget(settings);
        return XilinClient.Connect(new XilinClientOptions
        {
            Server = settings.Bus is null ? settings.Server : null,
            AccessKey = settings.AccessKey,
            Broker = settings.Bus,
            OnDisconnected = onDisconnected,
        });
    }

    /// <summary>The client for effective figures. Over a message queue there is none.</summary>
    public static ServerMonthClient OpenServerMonths(ClientSettings settings) =>
        new(settings.Bus is null && settings.Server is not null ? settings.CreateHttpClient() : null, TimeProvider.System);

    /// <exception cref="CommandException">The settings name neither a service nor a message queue.</exception>
    public static void RequireTarget(ClientSettings settings)
    {
        if (settings is { Server: null, Bus: null })
        {
            throw new CommandException(ExitCodes.Usage,
                "不知道报到哪里。请用 --server http://… 或 --bus amqps://…（或 XILIN_SERVER、XILIN_BUS）指定。",
                "Where to? Name --server http://… or --bus amqps://… (or XILIN_SERVER, XILIN_BUS).");
        }
    }

    /// <summary>
    /// The catalogue of the named folder, of the service, or of the last copy. Null: there is none, and the reason was printed.
    /// </summary>
    public static async Task<ClientCatalogue?> LoadCatalogueAsync(
        ClientSettings settings, ConsoleOutput output, CancellationToken cancellationToken)
    {
        if (settings.CatalogueFolder is { } folder)
        {
            return ClientCatalogue.FromFolder(folder);
        }

        using var service = settings.Server is null ? null : settings.CreateHttpClient();
        Exception? why = null;
        var known = await ServerCatalogue.FetchAsync(service, settings.Outbox, exception => why = exception, cancellationToken);
        if (why is not null)
        {
            var (zh, en) = Unreachable(settings.Server!, why);
            output.WriteErrorLine(
                $"{zh}{(known is null ? "没有取得目录。" : "目录用上次取得的。")}",
                $"{en} {(known is null ? "There is no catalogue." : "The copy of the catalogue kept last is used.")}");
        }

        return known;
    }

    /// <summary>The catalogue, for a command that needs one.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static async Task<ClientCatalogue> RequireCatalogueAsync(
        ClientSettings settings, ConsoleOutput output, CancellationToken cancellationToken) =>
        await LoadCatalogueAsync(settings, output, cancellationToken)
        ?? throw (settings.Server is null
            ? new CommandException(ExitCodes.Usage, "没有目录：请用 --server 或 --catalogue 指定。",
                "There is no catalogue: name --server or --catalogue.")
            : new CommandException(ExitCodes.NotSent, "恢复后再试，或用 --catalogue 指定目录文件夹。",
                "Try again when the service is back, or name the catalogue's folder with --catalogue."));

    private static (string Zh, string En) Unreachable(Uri server, Exception why) => why switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } =>
            ($"{server} 需要访问密钥（XILIN_ACCESS_KEY 或 --access-key-file）。",
                $"{server} wants an access key (XILIN_ACCESS_KEY or --access-key-file)."),
        HttpRequestException { StatusCode: { } status } => ($"{server} 答复 {(int)status}。", $"{server} answers {(int)status}."),
        HttpRequestException => ($"无法连接 {server}：{why.Message}。", $"{server} cannot be reached: {why.Message}."),
        OperationCanceledException => ($"{server} 没有按时答复。", $"{server} did not answer in time."),
        _ => ($"{server} 的答复看不懂，请核对地址。", $"The answer of {server} makes no sense; check the address."),
    };

    public static async Task<OutboxFolder> OpenOutboxAsync(
        ClientSettings settings, ConsoleOutput output, CancellationToken cancellationToken)
    {
        try
        {
            return await OutboxFolder.OpenAsync(settings.Outbox,
                () => output.WriteErrorLine($"发件箱 {settings.Outbox} 正被另一个 xilin 使用，等它结束……",
                    $"Another xilin is using the outbox {settings.Outbox}; waiting for it …"), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandException(ExitCodes.Local,
                $"发件箱 {settings.Outbox} 无法使用：{exception.Message} 请检查磁盘和权限，或用 --outbox 指定别的目录。",
                $"The outbox {settings.Outbox} cannot be used: {exception.Message} Check disk and permissions, or name another folder "
                + "with --outbox.");
        }
    }
}
