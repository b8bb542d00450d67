using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

// F4xx: explanations and reasons.
public static partial class BuiltInFindings
{
    public static Finding ExplanationEmpty(string rule, string indicator) => Error("F401",
        $"对 {Quote(rule)} / {Quote(indicator)} 的说明没有说明原因。", $"The explanation of {Quote(rule)} / {Quote(indicator)} explains nothing.",
        "写明发生了什么、为什么（5 字以上）；“核实无误”不是说明。", "Say what happened and why (5 characters or more); 'verified' is no explanation.");

    public static Finding ExplanationOfUnknownRule(string rule) => Error("F403",
        $"说明所指的审核公式 {Quote(rule)} 不存在。", $"The explanation names rule {Quote(rule)}, which does not exist.",
        "按回执中的 rule 填写。", "Name the rule as the receipt does.");

    public static Finding ExplanationWithoutQuestion(string rule, string indicator) => Error("F404",
        $"本份报表并未触发 {Quote(rule)} / {Quote(indicator)}，其说明未被采用。",
        $"This submission raised no question {Quote(rule)} / {Quote(indicator)}; its explanation was not needed.",
        "无须处理；如原想说明别的指标，请核对指标代码。", "Nothing to do; if another indicator was meant, check its code.") with
    {
        Severity = FindingSeverity.Notice
    };

    public static Finding ReasonMissing() => Error("F402",
        "更正理由没有说明原因。", "The correction's reason explains nothing.", "写明更正的原因（5 字以上）。",
        "Say why the figure is corrected (5 characters or more).");
}
