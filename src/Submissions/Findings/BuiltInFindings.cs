using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Findings;

/// <summary>The built-in checks' findings (强制性), in the words of a clerk. Their ids are stable: clients and manuals refer to them.</summary>
public static class BuiltInFindings
{
    public const int Version = 1;

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);
    private static readonly DateTime LatestRepresentable = DateTime.MaxValue - ChinaOffset;

    // F1xx: the form.
    public static Finding WrongType(string field, string expected) => Error("F101",
        $"字段 {Quote(field)} 的类型不对,应为{TypeNameZh(expected)}。", $"Field {Quote(field)} is of the wrong type; expected: {expected}.",
        "按报表格式改正后重新报送。", "Correct the field and submit again.");

    public static Finding UnknownField(string field) => Error("F102",
        $"不认识的字段 {Quote(field)}。", $"Unknown field {Quote(field)}.",
        "检查拼写(区分大小写);无此字段的内容请写入 note。", "Check the spelling (case matters); remarks go into 'note'.");

    public static Finding FieldMissing(string field) => Error("F103",
        $"缺少 {Quote(field)}。", $"{Quote(field)} is missing.", "补全后重新报送。", "Add it and submit again.");

    public static Finding TooLong(string field, int max) => Error("F104",
        $"{Quote(field)} 超过 {max} 个字符。", $"{Quote(field)} is longer than {max} characters.", "缩短后重新报送。", "Shorten it and submit again.");

    public static Finding TooMany(string field, int max) => Error("F105",
        $"{Quote(field)} 超过 {max} 项。", $"{Quote(field)} has more than {max} items.", "分几份报表报送。", "Split it into several submissions.");

    public static Finding TooLarge(int max) => Error("F106",
        $"报表超过 {max / 1024} KiB。", $"The submission is larger than {max / 1024} KiB.", "缩短说明或分几份报送。", "Shorten the notes, or split it.");

    public static Finding MalformedId(string? id) => Error("F107",
        $"报送编号 submissionId 缺失或不是 GUID:{Quote(id)}。", $"submissionId is missing or not a GUID: {Quote(id)}.",
        "每份报表用一个新的 GUID;重发同一份时用原来的。", "Use a new GUID for each submission, and the same one when sending it again.");

    public static Finding ReusedId(Guid id, long sequence) => Error("F108",
        $"报送编号 {id} 已用于内容不同的另一份报表(台账第 {sequence} 号)。", $"submissionId {id} was used for another content (ledger row {sequence}).",
        "如为更正,请用新的编号并将 revision 加 1。", "For a correction use a new id and raise 'revision' by one.");

    public static Finding MalformedTime(string? time) => Reading.TimestampParser.LacksOffset(time) ? Error("F109",
        $"报送时间 submittedAt {Quote(time)} 没有写时区，不知道是哪里的时间。", $"submittedAt {Quote(time)} has no offset: it does not say of which place it is the time.",
        $"在后面加上时区，北京时间写成 {time}+08:00。", $"Add the offset; Beijing time is written {time}+08:00.") : Error("F109",
        time is null ? "缺少报送时间 submittedAt。" : $"报送时间 submittedAt 格式不对：{Quote(time)}。", time is null ? "submittedAt is missing." : $"submittedAt is malformed: {Quote(time)}.",
        "写成带时区的时间，如 2022-08-03T09:14:00+08:00。", "Write a time with its offset, such as 2022-08-03T09:14:00+08:00.");

    public static Finding TimeInFuture(DateTimeOffset time) => Error("F110",
        $"报送时间 {FormatTime(time)} 在将来。", $"submittedAt {FormatTime(time)} lies in the future.",
        "校准电脑时钟后重新报送。", "Set the computer's clock and submit again.");

    public static Finding TimeTooEarly(DateTimeOffset time, Period first) => Error("F111",
        $"报送时间 {FormatTime(time)} 早于报送日历的第一个月 {first}。", $"submittedAt {FormatTime(time)} is before {first}, the first month of the reporting calendar.",
        "校准电脑时钟后重新报送。", "Set the computer's clock and submit again.");

    public static Finding MoreFindings(int more) => Error("F112",
        $"另有 {more} 处问题未列出。", $"{more} more faults are not listed.", "先改正已列出的,再重新报送。", "Correct those that are listed, and submit again.");

    /// <summary>As the other, in place of findings that there is no room for: an error where one of them is.</summary>
    public static Finding MoreFindings(int more, IReadOnlyList<Finding> of) => MoreFindings(more) is var error && of.Any(finding => Severities.Refuses(finding.Severity))
        ? error
        : error with { Severity = Severities.Notice };

    // F2xx: the unit and the month.
    public static Finding UnknownUnit(string unit) => Error("F201",
        $"名录中没有单位 {Quote(unit)}。", $"Unit {Quote(unit)} is not in the catalogue.",
        "核对 12 位区划代码或 18 位统一社会信用代码;新单位请先由街道统计站登记。", "Check the 12-digit division code or the 18-character credit code; a new unit must first be registered with the street's statistics office.");

    public static Finding UnitNotActive(Unit unit, Period period) => Error("F202",
        $"{unit.NameZh}({unit.Code})在 {period} 不在册。", $"{unit.NameEn} ({unit.Code}) does not exist in {period}.",
        "核对报告期,或请街道统计站核对该单位的起止月份。", "Check the month, or ask the statistics office to check when the unit began and ended.");

    public static Finding MalformedPeriod(string period) => Error("F203",
        $"报告期 {Quote(period)} 格式不对。", $"Period {Quote(period)} is malformed.", "写成 年-月,如 2022-07。", "Write it as year-month, such as 2022-07.");

    public static Finding NotInCalendar(Period period) => Error("F204",
        $"报送日历中没有 {period}。", $"{period} is not in the reporting calendar.",
        "核对报告期,或请街道统计站在 calendar.csv 中开设。", "Check the month, or ask the statistics office to open it in calendar.csv.");

    public static Finding NotYetOpen(CalendarWindow window) => Error("F205",
        $"{window.Period} 尚未开始报送({FormatTime(window.Opens)} 开始)。", $"{window.Period} is not open yet (it opens {FormatTime(window.Opens)}).",
        "到期再报,或核对报告期。", "Submit then, or check the month.");

    public static Finding WindowClosed(CalendarWindow window) => Error("F206",
        $"{window.Period} 已于 {FormatTime(window.Closes)} 截止。", $"{window.Period} closed on {FormatTime(window.Closes)}.",
        "如需更正,请在 correction.reason 中写明理由(5 字以上)。", "To correct it, give the reason in correction.reason (5 characters or more).");

    public static Finding WindowLocked(CalendarWindow window) => Error("F207",
        $"{window.Period} 已于 {FormatTime(window.Locks)} 锁定,不再接受更正。", $"{window.Period} was locked on {FormatTime(window.Locks)}; no correction is taken.",
        "请与街道统计站联系。", "Speak to the street's statistics office.");

    // F3xx: the values.
    public const string UnknownIndicatorRule = "F301";

    public static Finding UnknownIndicator(string? indicator) => Error(UnknownIndicatorRule,
        $"目录中没有指标 {Quote(indicator)}。", $"Indicator {Quote(indicator)} is not in the catalogue.", "核对指标代码。", "Check the indicator's code.");

    public static Finding NotReportedBy(Indicator indicator, Unit unit) => Error("F302",
        $"{indicator.NameZh} 不由{unit.NameZh}报送。", $"{indicator.NameEn} is not reported by {unit.NameEn}.",
        "删去该指标;如应由本单位报送,请统计站核对名录。", "Leave it out; if the unit should report it, ask the statistics office to check the registers.", indicator);

    public static Finding NotDue(Indicator indicator, Period period) => Error("F303",
        $"{indicator.NameZh} 1 月免报({period})。", $"{indicator.NameEn} is exempt in January ({period}).",
        "2 月报送 1–2 月合计。", "Report January and February together in February.", indicator);

    public static Finding SameIndicatorTwice(Indicator indicator) => Error("F304",
        $"{indicator.NameZh} 在同一份报表中出现两次。", $"{indicator.NameEn} appears twice in the submission.", "只保留一项。", "Keep one of them.", indicator);

    public static Finding ValueMissing(Indicator indicator) => Error("F305",
        $"{indicator.NameZh} 没有本月数。", $"{indicator.NameEn} has no value for the month.",
        "填写 value;没有发生填 0;只更正其他数的,须先报过本月数;撤回填 \"withdraw\":[\"value\"]。",
        "Give 'value'; write 0 where nothing happened. To correct another figure alone, the month must have been reported; to withdraw, give \"withdraw\":[\"value\"].", indicator);

    public static Finding MalformedNumber(Indicator indicator, string field, string text) => Error("F306",
        $"{indicator.NameZh} 的 {field} 不是可接受的数:{Quote(text)}。", $"{indicator.NameEn}: {field} is not an acceptable number: {Quote(text)}.",
        "写成普通小数:不用科学计数法,整数最多 15 位,小数最多 6 位,不加引号。", "Write a plain decimal: no exponent, at most 15 digits before and 6 after the point, no quotes.", indicator);

    public static Finding WrongUnit(Indicator indicator, string? unit) => Error("F307",
        $"{indicator.NameZh} 的计量单位应为 {indicator.CanonicalUnit},报送的是 {Quote(unit)}。", $"{indicator.NameEn} is measured in {indicator.CanonicalUnit}; the submission says {Quote(unit)}.",
        $"按 {indicator.CanonicalUnit} 折算后重新报送;系统不代为换算。", $"Convert to {indicator.CanonicalUnit} and submit again; the system never converts by guess.", indicator);

    public static Finding Negative(Indicator indicator, string field, decimal value) => Error("F308",
        $"{indicator.NameZh} 的 {field} 不能为负:{FormatNumber(value)}。", $"{indicator.NameEn}: {field} cannot be negative: {FormatNumber(value)}.",
        "改正后重新报送;冲减以前月份请更正原月份或填报 1–本月。", "Correct it; to take back earlier months, revise them or give the year-to-date.", indicator,
        new Dictionary<string, decimal> { [field] = value });

    public static Finding RatePartsIncomplete(Indicator indicator) => Error("F309",
        $"{indicator.NameZh} 是比率,须填分子和大于零的分母;本月没有对象的,两者都填 0。", $"{indicator.NameEn} is a rate: it needs a numerator and a denominator above zero, or 0 of 0 where there was nothing to count.",
        "填写 numerator 和 denominator。", "Give 'numerator' and 'denominator'.", indicator);

    public static Finding NotForKind(Indicator indicator, string field) => Error("F310",
        $"{indicator.NameZh} 没有 {field}。", $"{indicator.NameEn} takes no {field}.", $"删去 {field}。", $"Leave {field} out.", indicator);

    public static Finding CannotBeWithdrawn(Indicator indicator, string field) => Error("F311",
        $"{indicator.NameZh} 的 withdraw 中没有可撤回的 {Quote(field)}。", $"{indicator.NameEn}: 'withdraw' names {Quote(field)}, which cannot be taken back.",
        "可撤回 \"value\"(整项)、\"yearToDate\"、\"lastYear\"。", "Name \"value\" (the whole indicator), \"yearToDate\" or \"lastYear\".", indicator);

    public static Finding GivenAndWithdrawn(Indicator indicator) => Error("F312",
        $"{indicator.NameZh} 既填了数又要撤回。", $"{indicator.NameEn}: a figure is both given and withdrawn.",
        "只留一项:更正的填数,撤回的不填数。", "Keep one of the two: give the figure to correct it, or withdraw it.", indicator);

    // F4xx: the answers.
    public static Finding ExplanationEmpty(string rule, string indicator) => Error("F401",
        $"对 {Quote(rule)} / {Quote(indicator)} 的说明没有说明原因。", $"The explanation of {Quote(rule)} / {Quote(indicator)} explains nothing.",
        "写明发生了什么、为什么(5 字以上);“核实无误”不是说明。", "Say what happened and why (5 characters or more); 'verified' is no explanation.");

    public static Finding ExplanationOfUnknownRule(string rule) => Error("F403",
        $"说明所指的审核公式 {Quote(rule)} 不存在。", $"The explanation names rule {Quote(rule)}, which does not exist.",
        "按回执中的 rule 填写。", "Name the rule as the receipt does.");

    public static Finding ExplanationWithoutQuestion(string rule, string indicator) => Error("F404",
        $"本份报表并未触发 {Quote(rule)} / {Quote(indicator)},其说明未被采用。", $"This submission raised no question {Quote(rule)} / {Quote(indicator)}; its explanation was not needed.",
        "无须处理;如原想说明别的指标,请核对指标代码。", "Nothing to do; if another indicator was meant, check its code.") with { Severity = Severities.Notice };

    public static Finding ReasonMissing() => Error("F402",
        "更正理由没有说明原因。", "The correction's reason explains nothing.", "写明更正的原因(5 字以上)。", "Say why the figure is corrected (5 characters or more).");

    public static Finding RuleDividesByZero(CheckRule rule, Indicator indicator, IReadOnlyDictionary<string, decimal> figures) => Error("F313",
        $"{indicator.NameZh}:审核公式 {rule.Id} 的除数为 0,未能核对。", $"{indicator.NameEn}: rule {rule.Id} divides by 0 and could not be asked.",
        "数据已按其他公式核对。请街道统计站在该公式中先写明除数大于 0 的条件。", "All other rules were asked. The statistics office should have the rule ask first whether its divisor is above 0.",
        indicator, figures) with { Severity = Severities.Notice };

    // F5xx: the sender.
    public static Finding SenderMissing() => Error("F501",
        "报送没有写明经消息服务器核实的发送者。", "The submission names no sender that the broker has checked.",
        "发送时将消息属性 user_id 设为登录消息服务器所用的用户名(即本单位代码)。", "Set the message property 'user_id' to the user that you sign in to the broker with, which is your office's code.");

    public static Finding SenderNotAuthorised(string sender, Unit unit, Period period) => Error("F502",
        $"{Quote(sender)} 在 {period} 不能代{unit.NameZh}({unit.Code})报送。", $"{Quote(sender)} may not submit for {unit.NameEn} ({unit.Code}) in {period}.",
        "只能为本单位及其下级单位报送;请用该单位或其上级的账号,或请街道统计站核对名录中的隶属关系。", "An office submits for its own unit and those below it: use the account of the unit or of one above it, or ask the statistics office to check who belongs to whom.");

    public static Finding QuotaUsedUp(long bytesPerHour, int minutes) => Error("F503",
        $"本单位一小时内报送的内容已超过 {bytesPerHour} 字节,本份未受理,台账只记其摘要。", $"What this office has sent within the hour is more than {bytesPerHour} bytes: this one was not taken, and the ledger keeps its hash alone.",
        $"请在 {minutes} 分钟后重发同一份报表;若非有意,请检查报送程序是否在反复发送。", $"Send the same one again in {minutes} min; if that much was not meant, see whether a program sends over and over.");

    /// <summary>Whether a figure cannot be judged until this is mended: the indicator is not the unit's or not due, the unit of measure is another, a rate lacks its parts.</summary>
    public static bool MakesUnusable(Finding finding) => finding.Rule is "F302" or "F303" or "F307" or "F309";

    private static Finding Error(
        string rule, string zh, string en, string remedyZh, string remedyEn, Indicator? indicator = null, IReadOnlyDictionary<string, decimal>? figures = null) => new()
        {
            Rule = rule,
            Version = Version,
            Severity = Severities.Error,
            Indicator = indicator?.Code.Value,
            Figures = figures,
            MessageZh = zh,
            MessageEn = en,
            RemedyZh = remedyZh,
            RemedyEn = remedyEn,
        };

    private static string TypeNameZh(string expected) => expected switch
    {
        "text" => "文本",
        "text without control characters" => "不含控制字符的文本",
        "object" => "对象",
        "array" => "数组",
        _ => expected.Replace("whole number from ", "整数 ", StringComparison.Ordinal).Replace(" to ", " 至 ", StringComparison.Ordinal),
    };

    // What an office wrote is shown back cut short and without line breaks, so that it cannot forge a line of a log.
    private static string Quote(string? text)
    {
        var line = new string([.. (text ?? "").Take(41).Select(c => IsInvisible(c) ? '?' : c)]);
        return line.Length > 40 ? $"‘{line[..40]}…’" : $"‘{line}’";
    }

    // Control characters, halves of a pair, and what breaks a line or turns the direction of writing.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // In China's time, but for the last hours of the calendar, which have none.
    private static string FormatTime(DateTimeOffset time) => (time.UtcDateTime < LatestRepresentable ? time.ToOffset(ChinaOffset) : time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string FormatNumber(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
