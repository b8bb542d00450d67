using Parlot;

namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>The texts of the faults of an expression. Columns count from 1.</summary>
internal static class RuleFaults
{
    internal static readonly Bilingual NamesRemedy = new(
        $"可用的名称：{string.Join('、', RuleNames.All)}，或指标代码（大写）",
        $"write one of {string.Join(", ", RuleNames.All)}, or an indicator code in upper case");

    /// <summary>
    /// Checks the limits before the parser runs, because thousands of brackets would overflow its stack and end the process.
    /// </summary>
    internal static RuleExpressionFault? CheckBounds(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(1, new("条件为空", "the condition is empty"), new("请写明何时触发，例如 month < 0", "say when it fires, such as month < 0"));
        }

        if (text.Length > RuleExpression.MaxLength)
        {
            return new(
                RuleExpression.MaxLength + 1,
                new($"条件有 {text.Length} 个字符，上限为 {RuleExpression.MaxLength}",
                    $"the condition has {text.Length} characters, the limit is {RuleExpression.MaxLength}"),
                new("请拆成几条规则", "split it into several rules"));
        }

        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth > RuleExpression.MaxDepth)
            {
                return TooDeep(i);
            }
        }

        return null;
    }

    internal static RuleExpressionFault FromParseError(string text, ParseError? error)
    {
        var at = error?.Position.Offset ?? 0;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (Expected(error?.Message) is not { } expected)
        {
            return TooDeep(at);
        }

        var found = at < text.Length ? new Bilingual($"“{text[at]}”", $"'{text[at]}'") : new("末尾", "the end");
        return new(
            at + 1,
            new($"此处应为{expected.Zh}，却是{found.Zh}", $"expected {expected.En}, found {found.En}"),
            at < text.Length && text[at] > 127
                ? new("请改用半角英文字符", "write it in plain ASCII: a full-width sign is another character")
                : new("例如 month > 10 * typical and present(typical)",
                    "write it as, for example, month > 10 * typical and present(typical)"));
    }

    internal static RuleExpressionFault TooDeep(int at) => new(
        at + 1,
        new($"嵌套超过 {RuleExpression.MaxDepth} 层", $"it is nested deeper than {RuleExpression.MaxDepth} levels"),
        new("请去掉多余的括号，或拆成几条规则", "drop brackets, or split it into several rules"));

    private static Bilingual? Expected(string? message) => message switch
    {
        RuleGrammar.Operand => new("数字、名称、函数或“(”", "a number, a name, a function or '('"),
        RuleGrammar.Closing => new("运算符或“)”", "an operator or ')'"),
        RuleGrammar.ClosingArguments => new("运算符、“,”或“)”", "an operator, ',' or ')'"),
        RuleGrammar.End => new("运算符或结尾", "an operator or the end"),
        _ => null,
    };
}
