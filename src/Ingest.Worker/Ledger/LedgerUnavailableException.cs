using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>The ledger takes nothing just now. Nobody was told that it did: whoever asked may ask again, and is counted once.</summary>
/// <param name="messageZh">The reason and the remedy.</param>
/// <param name="messageEn">The same in English.</param>
/// <param name="retryAfter">When it is worth another try.</param>
internal sealed class LedgerUnavailableException(string messageZh, string messageEn, TimeSpan retryAfter) : Exception(messageEn)
{
    public string MessageZh => messageZh;

    public TimeSpan RetryAfter => retryAfter;

    /// <summary>The service ends: no use in waiting here.</summary>
    public bool IsStopping { get; private init; }

    public static LedgerUnavailableException ServiceStopping() => new(
        "服务正在停止,本次报送没有回执。请在服务重新启动后重发同一份报表,不会重复计入。",
        "The service is stopping; there is no receipt for this submission. Send the same one again once it is back: it counts once.", TimeSpan.FromSeconds(10)) { IsStopping = true };

    public static LedgerUnavailableException FromFault(BrokerFault fault) => new(
        $"暂停接收报表:{fault.ReasonZh}{fault.RemedyZh}请稍后重发同一份报表,不会重复计入。",
        $"No submission is accepted: {fault.ReasonEn} {fault.RemedyEn} Send the same submission again later: it counts once.", TimeSpan.FromSeconds(10));

    /// <summary>The database does not answer, and has not failed either.</summary>
    /// <param name="name">What the ledger is called.</param>
    /// <param name="hanging">For how long.</param>
    public static LedgerUnavailableException DatabaseTimeout(string name, TimeSpan hanging) => new(
        $"暂停接收报表:数据库 {name} 已有 {hanging.TotalSeconds:0} 秒没有答复。请检查数据库服务器或磁盘是否停顿。请稍后重发同一份报表,不会重复计入。",
        $"No submission is accepted: the database {name} has not answered for {hanging.TotalSeconds:0} s. See whether its server or disk hangs. Send the same submission again later: it counts once.", TimeSpan.FromSeconds(10));

    public static LedgerUnavailableException FromFault(StorageFault fault) => new(
        $"暂停接收报表:{fault.ReasonZh}{fault.RemedyZh}恢复后服务自动继续,请届时重发同一份报表。",
        $"No submission is accepted: {fault.ReasonEn} {fault.RemedyEn} The service then goes on by itself; send the same submission again.", TimeSpan.FromSeconds(10));
}
