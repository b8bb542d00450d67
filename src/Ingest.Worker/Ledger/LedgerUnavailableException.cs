using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The ledger accepts no submission now. Nothing was acknowledged; the same submission may be sent again and counts once.
/// </summary>
/// <param name="messageZh">The reason and the remedy in Chinese.</param>
/// <param name="messageEn">The reason and the remedy in English.</param>
/// <param name="retryAfter">The delay before the next attempt.</param>
internal sealed class LedgerUnavailableException(string messageZh, string messageEn, TimeSpan retryAfter) : Exception(messageEn)
{
    public string MessageZh => messageZh;

    public TimeSpan RetryAfter => retryAfter;

    /// <summary>The ledger that is unavailable; null: it is not known, or none is.</summary>
    public LedgerAvailability? Ledger { get; set; }

    /// <summary>Whether the service is stopping, so that waiting is useless.</summary>
    public bool IsStopping { get; private init; }

    public static LedgerUnavailableException ServiceStopping() => new(
        "服务正在停止，本次报送没有回执。请在服务重新启动后重发同一份报表，不会重复计入。",
        "The service is stopping; there is no receipt for this submission. Send the same one again once it is back: it counts once.",
        TimeSpan.FromSeconds(10))
    { IsStopping = true };

    public static LedgerUnavailableException FromFault(BrokerFault fault) => new(
        $"暂停接收报表：{fault.ReasonZh}{fault.RemedyZh}请稍后重发同一份报表，不会重复计入。",
        $"No submission is accepted: {fault.ReasonEn} {fault.RemedyEn} Send the same submission again later: it counts once.",
        TimeSpan.FromSeconds(10));

    /// <summary>An edit of the catalogue gave the unit another partition before the submission was committed.</summary>
    public static LedgerUnavailableException HomeChanged(string unit) => new(
        $"单位 {unit} 所属的分区刚刚变更，本次未记录。请重发同一份报表，不会重复计入。",
        $"The partition of unit {unit} has just changed, and nothing was recorded. Send the same submission again: it counts once.",
        TimeSpan.FromSeconds(1));

    /// <summary>The database does not answer and has not failed.</summary>
    /// <param name="name">The display name of the ledger.</param>
    /// <param name="hanging">For how long it has not answered.</param>
    public static LedgerUnavailableException DatabaseTimeout(string name, TimeSpan hanging) => new(
        $"暂停接收报表：数据库 {name} 已有 {hanging.TotalSeconds:0} 秒没有答复。请检查数据库服务器或磁盘是否停顿。请稍后重发同一份报表，不会重复计入。",
        $"No submission is accepted: the database {name} has not answered for {hanging.TotalSeconds:0} s. Check whether its server or disk "
        + "hangs. Send the same submission again later: it counts once.", TimeSpan.FromSeconds(10));

    /// <param name="fault">Why it is unavailable.</param>
    /// <param name="ledger">The ledger; null: it is named later.</param>
    public static LedgerUnavailableException FromFault(StorageFault fault, LedgerAvailability? ledger = null) => new(
        $"暂停接收报表：{fault.ReasonZh}{fault.RemedyZh}恢复后服务自动继续，请届时重发同一份报表。",
        $"No submission is accepted: {fault.ReasonEn} {fault.RemedyEn} The service then continues by itself; send the same submission "
        + "again.",
        TimeSpan.FromSeconds(10))
    { Ledger = ledger };
}
