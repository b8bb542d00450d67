using System.Diagnostics.CodeAnalysis;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>Why an expression is rejected.</summary>
/// <param name="Column">The position of the fault in the expression, in characters from 1.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Remedy">The remedy.</param>
public sealed record RuleExpressionFault(int Column, Bilingual Problem, Bilingual Remedy)
{
    public override string ToString() => $"column {Column}: {Problem.En}; {Remedy.En}";
}

/// <summary>Another indicator that an expression names, and the position of its first use, from 1.</summary>
public readonly record struct NamedIndicator(IndicatorCode Code, int Column);

/// <summary>
/// The condition of a check, such as <c>present(previous) and month >= 10 * previous</c>: decimal arithmetic and comparisons over
/// <see cref="RuleFigures"/>. Immutable; any thread may call <see cref="Condition"/>, which never throws. If a figure is absent, a divisor
/// is zero or a result exceeds <c>decimal</c>, the comparison is unknown.
/// </summary>
public sealed class RuleExpression
{
    public const int MaxLength = 500;

    /// <summary>The maximum depth of nested brackets.</summary>
    public const int MaxDepth = 32;

    private RuleExpression(
        string text, RuleCondition condition, IReadOnlyList<string> names, IReadOnlyList<NamedIndicator> indicators,
        Func<RuleFigures, bool> dividesByZero)
    {
        DividesByZero = dividesByZero;
        Text = text;
        Condition = condition;
        Names = names;
        Indicators = indicators;
    }

    public string Text { get; }

    public RuleCondition Condition { get; }

    /// <summary>Whether it divides by 0 with these figures. This may be the reason for an unknown condition.</summary>
    public Func<RuleFigures, bool> DividesByZero { get; }

    /// <summary>The figures it uses, each once, in the order of the text.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The names that are indicators. The reader checks that the catalogue has them.</summary>
    public IReadOnlyList<NamedIndicator> Indicators { get; }

    public static bool TryParse(
        string text, [NotNullWhen(true)] out RuleExpression? expression, [NotNullWhen(false)] out RuleExpressionFault? fault)
    {
        expression = null;
        fault = RuleFaults.CheckBounds(text);
        if (fault is not null)
        {
            return false;
        }

        if (!RuleGrammar.TryParse(text, out var syntax, out var error))
        {
            fault = RuleFaults.FromParseError(text, error);
            return false;
        }

        try
        {
            var compiler = new RuleCompiler();
            expression = new RuleExpression(text, compiler.Condition(syntax), compiler.Names, compiler.Indicators, compiler.DividesByZero);
            return true;
        }
        catch (RuleTypeException e)
        {
            fault = e.Fault;
            return false;
        }
    }

    /// <exception cref="FormatException">The text is not a condition; the message says where and why.</exception>
    public static RuleExpression Parse(string text) =>
        TryParse(text, out var expression, out var fault) ? expression : throw new FormatException(fault.ToString());
}
