using System.Text.RegularExpressions;

namespace XilinIngest.Submissions.Checking;

/// <summary>
/// Checks that an explanation has content. Phrases that only confirm a check, digits, enumerations, references ("see note") and runs of
/// adjacent keys do not count. Staff judge the content itself.
/// </summary>
public static partial class ExplanationQuality
{
    private const int MinLength = 5;
    private const int MinCharacters = 2;
    private const int MinWords = 2;
    private const int MinLetters = 6;

    // Stryker disable String : the lists are data, and a test of each word would be the list again.

    // Phrases that only confirm a check or refer to another place.
    private static readonly string[] EmptyPhrasesZh =
    [
        "核实无误", "情况属实", "数据属实", "经核实", "已核实", "核实", "属实", "无误", "准确", "正确", "真实", "确认", "核对", "审核", "检查",
        "详见备注", "见备注", "备注", "见附件", "附件", "详见", "见上", "见下", "如上", "如下", "同上", "同前", "上述", "以上", "以下", "情况说明", "具体情况",
        "说明", "如实填报", "如实", "填报", "据实", "按实际", "按要求", "没有问题", "没问题", "无问题", "无异常", "没有异常", "一切正常", "正常", "测试",
        "数据", "数字", "数值", "报表", "指标", "情况", "原因", "没有", "已经", "无",
        "领导", "审阅", "同意", "要求", "按照", "实际", "填写", "财务", "提供", "来源", "系统自动", "自动生成", "不知道", "为什么", "暂时", "解释", "请通过", "通过", "请", "谢谢",
        "放行", "上报", "有效", "经与企业", "联系", "企业自报", "自报", "一切", "为准", "确实是", "确实", "就是", "这样", "这么多", "电话", "所述", "如前", "按",
    ];

    // Particles and interjections do not count, even if repeated.
    private const string Particles = "的了是在有和与及等也都就啊呀哦嗯哈呵吧吗呢嘛额唉";

    // Numerals and enumerators: 一二三四五 and 甲乙丙丁戊 are not words.
    private const string NumeralCharacters = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟甲乙丙丁戊己庚辛壬癸";

    private static readonly HashSet<string> EmptyPhrasesEn = new(StringComparer.Ordinal)
    {
        "verified", "verify", "confirmed", "confirm", "correct", "checked", "check", "right", "true", "real", "actual", "normal", "fine",
        "good", "ok", "okay", "yes", "no", "not",
        "data", "figure", "figures", "number", "numbers", "value", "values", "report", "see", "note", "notes", "remark", "remarks",
        "comment", "comments", "attachment",
        "attached", "above", "below", "ditto", "same", "refer", "reference", "please", "test", "testing", "none", "nothing", "na",
        "problem", "issue", "explanation", "explain",
        "explained", "reason", "the", "and", "are", "is", "was", "were", "it", "its", "this", "that", "of", "to", "in", "on", "at", "as",
        "per", "a", "an", "for", "with", "has",
        "have", "been", "all", "we", "i", "my", "our", "be", "by", "or", "lorem", "ipsum", "dolor", "sit", "amet", "blah", "foo", "bar",
        "hello", "world", "asap",
    };

    private static readonly string[] KeyboardRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"];

    // Adjacent keys whose letters are not adjacent in any English word.
    private static readonly string[] KeyboardTrigrams =
        ["sdf", "dfg", "fgh", "ghj", "hjk", "jkl", "zxc", "xcv", "cvb", "vbn", "qwe", "qaz", "wsx", "edc", "rfv", "tgb"];

    // Stryker restore String

    /// <summary>
    /// Whether two different Chinese characters, two words, or a word and a number remain after phrases without content are removed.
    /// </summary>
    public static bool IsMeaningful(string text)
    {
        if (text.Count(char.IsLetterOrDigit) < MinLength)
        {
            return false;
        }

        var lower = text.ToLowerInvariant();
        var words = WordPattern().Matches(lower).Select(match => match.Value).Where(IsWord).ToHashSet(StringComparer.Ordinal);
        var rest = EmptyPhrasesZh.Aggregate(lower, (left, empty) => left.Replace(empty, " ", StringComparison.Ordinal));
        var characters =
            rest.Where(c => c is >= '一' and <= '鿿' && !NumeralCharacters.Contains(c, StringComparison.Ordinal)
                && !Particles.Contains(c, StringComparison.Ordinal)).Distinct().Count();
        return characters >= MinCharacters
            || (words.Count >= MinWords && words.Sum(word => word.Length) >= MinLetters)
            || (words.Count >= 1 && lower.Any(char.IsDigit));
    }

    private static bool IsWord(string word) =>
        word.Length >= 3 && !EmptyPhrasesEn.Contains(word) && word.Any(c => "aeiouy".Contains(c, StringComparison.Ordinal))
        && word.Distinct().Count() >= 2
        && !Array.Exists(KeyboardRows, row => row.Contains(word, StringComparison.Ordinal)
            || Reversed(row).Contains(word, StringComparison.Ordinal))
        && !Array.Exists(KeyboardTrigrams, keys => word.Contains(keys, StringComparison.Ordinal));

    private static string Reversed(string row) => new([.. row.Reverse()]);

    [GeneratedRegex("[a-z]+")]
    private static partial Regex WordPattern();
}
