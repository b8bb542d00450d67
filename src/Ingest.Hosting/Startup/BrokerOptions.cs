using Microsoft.Extensions.Options;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Hosting;

/// <summary>The message broker: <c>ConnectionStrings:Bus</c>.</summary>
internal sealed class BrokerOptions
{
    public string? Bus { get; set; }

    public BrokerConnection? FindConnection() =>
        !string.IsNullOrEmpty(Bus) && BrokerConnection.TryParse(Bus, out var connection) ? connection : null;
}

/// <summary>The library that carries messages: <c>Bus:Library</c>.</summary>
internal sealed class BusLibraryOptions
{
    public string? Library { get; set; }

    /// <summary>MassTransit without a setting.</summary>
    public BusLibrary EffectiveLibrary => TryParse(Library ?? "") ?? BusLibrary.MassTransit;

    internal static BusLibrary? TryParse(string text) => text switch
    {
        "MassTransit" => BusLibrary.MassTransit,
        "RabbitMQ.Client" => BusLibrary.RabbitClient,
        _ => null,
    };
}

/// <summary>Validates the name of the library.</summary>
internal sealed class BusLibraryValidator : IValidateOptions<BusLibraryOptions>
{
    public ValidateOptionsResult Validate(string? name, BusLibraryOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Bus:Library", options.Library, text => BusLibraryOptions.TryParse(text) is not null, "MassTransit 或 RabbitMQ.Client",
            "MassTransit or RabbitMQ.Client");
        return faults.Result;
    }
}

/// <summary>Validates the broker's address.</summary>
internal sealed class BrokerOptionsValidator : IValidateOptions<BrokerOptions>
{
    public ValidateOptionsResult Validate(string? name, BrokerOptions options)
    {
        var faults = new SettingFaults();
        faults.Require(
            BrokerStartup.Setting, options.Bus, _ => options.FindConnection() is not null,
            "amqp(s)://用户:密码@主机[:端口][/虚拟主机]", "amqp(s)://user:password@host[:port][/vhost]");
        return faults.Result;
    }
}

/// <summary>Reads the broker's address at the start, and asks the broker whether it accepts the service.</summary>
public static class BrokerStartup
{
    internal const string Setting = "ConnectionStrings:Bus";

    /// <summary>The library that carries messages to the broker.</summary>
    public static BusLibrary BusLibrary(this StartupOptions options) =>
        options.Bind(new BusLibraryValidator(), "Bus").EffectiveLibrary;

    /// <summary>
    /// The broker, which is not asked; null: the settings name none, or the setting is wrong, which is a fault.
    /// </summary>
    public static BrokerConnection? FindBroker(this StartupOptions options) =>
        string.IsNullOrEmpty(options.Read(Setting)) ? null : Bind(options);

    /// <summary>
    /// The broker; null, and a fault: the setting is missing or wrong. If the broker responds, checks that it accepts the user and the
    /// queues. The queues are declared here, so this comes after all other options, and only if those have no fault.
    /// </summary>
    /// <param name="options">The service's options.</param>
    /// <param name="queues">The queues that the service reads.</param>
    /// <param name="cancellationToken">Cancels the requests to the broker.</param>
    public static async Task<BrokerConnection?> ResolveBrokerAsync(
        this StartupOptions options, IEnumerable<IBusQueue> queues, CancellationToken cancellationToken)
    {
        var bus = Bind(options);
        if (bus is null)
        {
            return null;
        }

        var setting = SettingFaults.EnvironmentName(Setting);
        if (await bus.FindConnectionErrorAsync(cancellationToken) is { } refusal)
        {
            options.AddFault(
                $"{setting}：消息服务器 {bus} 拒绝连接：{refusal} 请核对用户名、密码、虚拟主机及证书。",
                $"{setting}: the broker {bus} refuses access: {refusal} Check user, password, virtual host and certificate.");
        }
        else if (!options.HasFaults && await bus.FindQueueErrorAsync(queues, cancellationToken) is { } refused)
        {
            AddQueueFault(options, setting, bus, refused);
        }

        return bus;
    }

    private static BrokerConnection? Bind(StartupOptions options) =>
        options.Bind(new BrokerOptionsValidator(), "ConnectionStrings").FindConnection();

    private static void AddQueueFault(StartupOptions options, string setting, BrokerConnection bus, QueueDeclarationError refused)
    {
        var isIntake = refused.Queue.Exchange == Exchanges.Intake;
        var (bindingZh, bindingEn) = isIntake
            ? ("Intake__Binding 须是 xilin-admin broker --intake 所生成并已导入的。",
                "Intake__Binding must be one that xilin-admin broker --intake made the rights for, and these imported. ")
            : ("", "");
        options.AddFault(
            $"{setting}{(isIntake ? "、Intake__Binding" : "")}：消息服务器 {bus} 不让用户 {bus.User} 使用本服务的队列 {refused.Queue.Name}：{refused.Reason}。"
            + $"请换用本服务自己的用户（xilin-worker、xilin-aggregator、xilin-notifier）。{bindingZh}队列参数不同的（406），先清空再删除该队列。",
            $"{setting}{(isIntake ? ", Intake__Binding" : "")}: the broker {bus} does not let the user {bus.User} have this "
            + "service's queue "
            + $"{refused.Queue.Name}: {refused.Reason}. Use the service's own user (xilin-worker, xilin-aggregator, xilin-notifier). "
            + $"{bindingEn}"
            + "A queue with other arguments (406) is to be drained and deleted first.");
    }
}
