using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Findings;

// F1xx: the form.
public static partial class BuiltInFindings
{
    public static Finding WrongType(string field, string expected) => Error("F101",
        $"字段 {Quote(field)} 的类型不对，应为{TypeNameZh(expected)}。", $"Field {Quote(field)} is of the wrong type; expected: {expected}.",
        "按报表格式改正后重新报送。", "Correct the field and submit again.");

    public static Finding UnknownField(string field) => Error("F102",
        $"不认识的字段 {Quote(field)}。", $"Unknown field {Quote(field)}.",
        "检查拼写（区分大小写）；无此字段的内容请写入 note。", "Check the spelling (case matters); remarks go into 'note'.");

    public static Finding FieldMissing(string field) => Error("F103",
        $"缺少 {Quote(field)}。", $"{Quote(field)} is missing.", "补全后重新报送。", "Add it and submit again.");

    public static Finding TooLong(string field, int max) => Error("F104",
        $"{Quote(field)} 超过 {max} 个字符。", $"{Quote(field)} is longer than {max} characters.", "缩短后重新报送。", "Shorten it and submit again.");

    public static Finding TooMany(string field, int max) => Error("F105",
        $"{Quote(field)} 超过 {max} 项。", $"{Quote(field)} has more than {max} items.", "分几份报表报送。", "Split it into several submissions.");

    public static Finding TooLarge(int max) => Error("F106",
        $"报表超过 {max / 1024} KiB。", $"The submission is larger than {max / 1024} KiB.", "缩短说明或分几份报送。", "Shorten the notes, or split it.");

    public static Finding MalformedId(string? id) => Error("F107",
        $"报送编号 submissionId 缺失或不是 GUID：{Quote(id)}。", $"submissionId is missing or not a GUID: {Quote(id)}.",
        "每份报表用一个新的 GUID；重发同一份时用原来的。", "Use a new GUID for each submission, and the same one when sending it again.");

    public static Finding MalformedMessageId(string? id) => Error("F107",
        $"编号 messageId 缺失或不是 GUID：{Quote(id)}。", $"messageId is missing or not a GUID: {Quote(id)}.",
        "每次办理用一个新的 GUID；重发同一次时用原来的。", "Use a new GUID for each request, and the same one when sending it again.");

    public static Finding ReusedId(Guid id, long sequence) => Error("F108",
        $"报送编号 {id} 已用于内容不同的另一份报表（台账第 {sequence} 号）。", $"submissionId {id} was used for another content (ledger row {sequence}).",
        "如为更正，请用新的编号并将 revision 加 1。", "For a correction use a new id and raise 'revision' by one.");

    public static Finding MalformedTime(string? time) => TimestampParser.LacksOffset(time) ? Error("F109",
        $"报送时间 submittedAt {Quote(time)} 没有写时区，不知道是哪里的时间。",
        $"submittedAt {Quote(time)} has no offset: it does not say of which place it is the time.",
        $"在后面加上时区，北京时间写成 {time}+08:00。", $"Add the offset; Beijing time is written {time}+08:00.") : Error("F109",
        time is null ? "缺少报送时间 submittedAt。" : $"报送时间 submittedAt 格式不对：{Quote(time)}。",
        time is null ? "submittedAt is missing." : $"submittedAt is malformed: {Quote(time)}.",
        "写成带时区的时间，如 2022-08-03T09:14:00+08:00。", "Write a time with its offset, such as 2022-08-03T09:14:00+08:00.");

    public static Finding TimeInFuture(DateTimeOffset time) => Error("F110",
        $"报送时间 {FormatTime(time)} 在将来。", $"submittedAt {FormatTime(time)} lies in the future.",
        "校准电脑时钟后重新报送。", "Set the computer's clock and submit again.");

    public static Finding TimeTooEarly(DateTimeOffset time, Period first) => Error("F111",
        $"报送时间 {FormatTime(time)} 早于报送日历的第一个月（{first.NameZh}）。",
        $"submittedAt {FormatTime(time)} is before {first}, the first month of the reporting calendar.",
        "校准电脑时钟后重新报送。", "Set the computer's clock and submit again.");

    public static Finding MoreFindings(int more) => Error("F112",
        $"另有 {more} 处问题未列出。", $"{more} more faults are not listed.", "先改正已列出的，再重新报送。", "Correct those that are listed, and submit again.");

    /// <summary>Replaces findings that exceed the limit. It is an error if one of them is an error.</summary>
    public static Finding MoreFindings(int more, IReadOnlyList<Finding> of) =>
        MoreFindings(more) is var error && of.Any(finding => FindingSeverities.Refuses(finding.Severity))
        ? error
        : error with { Severity = FindingSeverity.Notice };

    private static string TypeNameZh(string expected) => expected switch
    {
        "text" => "文本",
        "text without control characters" => "不含控制字符的文本",
        "text without invisible characters" => "不含不可见字符的文本",
        "signature lines" => "签名行",
        "object" => "对象",
        "array" => "数组",
        _ => expected.Replace("whole number from ", "整数 ", StringComparison.Ordinal).Replace(" to ", " 至 ", StringComparison.Ordinal),
    };
}
