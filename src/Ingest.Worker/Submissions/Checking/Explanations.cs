namespace XilinIngest.Worker.Submissions.Checking;

/// <summary>Whether an explanation explains.</summary>
internal static class Explanations
{
    private const int MinLength = 5;

    // Words that only say that someone looked.
    private static readonly string[] Empty =
    [
        "核实无误", "情况属实", "数据属实", "经核实", "已核实", "核实", "属实", "无误", "准确", "正确", "真实", "确认", "数据", "同上", "无",
        "verified", "confirmed", "correct", "checked", "figures", "figure", "right", "data", "the", "and", "are", "is", "ok",
    ];

    /// <summary>Five letters or more are left once the words that say nothing are taken out.</summary>
    public static bool SaysSomething(string text)
    {
        var rest = text.ToLowerInvariant();
        foreach (var word in Empty)
        {
            rest = rest.Replace(word, word[0] < 128 ? "" : " ", StringComparison.Ordinal);
        }

        return rest.Count(char.IsLetterOrDigit) >= MinLength && rest.Where(char.IsLetterOrDigit).Distinct().Count() >= 3;
    }
}
