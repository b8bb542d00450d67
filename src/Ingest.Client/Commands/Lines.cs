using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Sending;

namespace XilinIngest.Client.Commands;

/// <summary>Opens what a command works on, as the settings say.</summary>
internal static class Lines
{
    /// <exception cref="FaultException">Neither way is named.</exception>
    public static ISubmissionLine Open(Settings settings, KnownCatalogue? catalogue, OutboxFolder outbox)
    {
        Check(settings);
        return settings.Bus is { } bus ? new BusLine(bus, catalogue, settings.Patience, outbox.Receive) : new HttpLine(settings.Http(), settings.Patience, TimeProvider.System);
    }

    /// <summary>Who is asked what stands. Over a message queue no one is.</summary>
    public static CurrentMonths Current(Settings settings) => new(settings.Bus is null && settings.Server is not null ? settings.Http() : null, TimeProvider.System);

    /// <exception cref="FaultException">Neither way is named.</exception>
    public static void Check(Settings settings)
    {
        if (settings is { Server: null, Bus: null })
        {
            throw new FaultException(Exit.Usage,
                "不知道报到哪里。请用 --server http://… 或 --bus amqps://…(或 XILIN_SERVER、XILIN_BUS)指定。", "Where to? Name --server http://… or --bus amqps://… (or XILIN_SERVER, XILIN_BUS).");
        }
    }

    public static async Task<KnownCatalogue?> CatalogueAsync(Settings settings, CancellationToken cancellationToken)
    {
        if (settings.CatalogueFolder is { } folder)
        {
            return KnownCatalogue.FromFolder(folder);
        }

        using var service = settings.Server is null ? null : settings.Http();
        return await ServerCatalogue.FetchAsync(service, settings.Outbox, cancellationToken);
    }

    public static async Task<OutboxFolder> OutboxAsync(Settings settings, Say say, CancellationToken cancellationToken)
    {
        try
        {
            return await OutboxFolder.OpenAsync(settings.Outbox,
                () => say.Aside($"发件箱 {settings.Outbox} 正被另一个 xilin 使用,等它结束……", $"Another xilin is using the outbox {settings.Outbox}; waiting for it …"), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new FaultException(Exit.Local,
                $"发件箱 {settings.Outbox} 无法使用:{exception.Message} 请检查磁盘和权限,或用 --outbox 指定别的目录。", $"The outbox {settings.Outbox} cannot be used: {exception.Message} Check disk and permissions, or name another folder with --outbox.");
        }
    }
}
