using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Findings;

// F5xx: the sender.
public static partial class BuiltInFindings
{
    public static Finding SenderMissing() => Error("F501",
        "报送没有写明经消息服务器核实的发送者。", "The submission names no sender that the broker has checked.",
        "发送时将消息属性 user_id 设为登录消息服务器所用的用户名（即本单位代码）。",
        "Set the message property 'user_id' to the user that you sign in to the broker with, which is your office's code.");

    public static Finding SenderNotAuthorised(string sender, Unit unit, Period period) => Error("F502",
        $"{Quote(sender)} 在{period.NameZh}不能代{unit.NameZh}（{unit.Code}）报送。",
        $"{Quote(sender)} may not submit for {unit.NameEn} ({unit.Code}) in {period}.",
        "只能为本单位及其下级单位报送；请用该单位或其上级的账号，或请街道统计站核对名录中的隶属关系。",
        "An office submits for its own unit and those below it: use the account of the unit or of one above it, or ask the statistics "
        + "office to check who belongs to whom.");

    public static Finding QuotaUsedUp(long bytesPerHour, int minutes) => Error("F503",
        $"本单位一小时内报送的内容已超过 {bytesPerHour} 字节，本份未受理，台账只记其摘要。",
        $"What this office has sent within the hour is more than {bytesPerHour} bytes: this one was not taken, and the ledger keeps "
        + "its hash alone.",
        $"请在 {minutes} 分钟后重发同一份报表；若非有意，请检查报送程序是否在反复发送。",
        $"Send the same one again in {minutes} min; if that much was not meant, see whether a program sends over and over.");
}
