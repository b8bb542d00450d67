using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>Checks the types of an expression and compiles it to nested delegates, so that nothing is looked up at run time.</summary>
internal sealed class RuleCompiler
{
    private readonly List<string> _names = [];
    private readonly List<NamedIndicator> _indicators = [];
    private readonly List<RuleFigure> _divisors = [];

    internal IReadOnlyList<string> Names => _names;

    internal IReadOnlyList<NamedIndicator> Indicators => _indicators;

    /// <summary>Whether any divisor of the expression is 0 with these figures.</summary>
    internal bool DividesByZero(RuleFigures figures)
    {
        foreach (var divisor in _divisors)
        {
            if (divisor(figures) == 0)
            {
                return true;
            }
        }

        return false;
    }

    internal RuleCondition Condition(RuleSyntax syntax)
    {
        switch (syntax)
        {
            case RuleSyntax.ComparisonNode(var sign, var left, var right):
                var (a, b, holds) = (Figure(left), Figure(right), RuleArithmetic.Comparer(sign));
                return f => a(f) is { } x && b(f) is { } y ? holds(x, y) : null;
            case RuleSyntax.NotNode(var operand):
                var inner = Condition(operand);
                return f => !inner(f);
            case RuleSyntax.AndNode(var left, var right):
                // C#'s & and | on bool? are Kleene's; the test before them skips the right side if the left one decides.
                var (p, q) = (Condition(left), Condition(right));
                return f => p(f) is var x && x == false ? false : x & q(f);
            case RuleSyntax.OrNode(var left, var right):
                var (r, s) = (Condition(left), Condition(right));
                return f => r(f) is var x && x == true ? true : x | s(f);
            case RuleSyntax.CallNode { Function: "present" or "absent" } call:
                return Presence(call);
            default:
                throw Fault(
                    syntax.At, "此处应为条件，却是一个数", "expected a condition, this is a figure",
                    "请与另一数比较，例如 month > 0", "compare it with another figure, such as month > 0");
        }
    }

    private RuleFigure Figure(RuleSyntax syntax)
    {
        switch (syntax)
        {
            case RuleSyntax.NumberNode number:
                return Literal(number);
            case RuleSyntax.NameNode name:
                return Named(name);
            case RuleSyntax.NegationNode(var operand):
                var inner = Figure(operand);
                return f => -inner(f);
            case RuleSyntax.ArithmeticNode('/', var dividend, var divisor):
                return RuleArithmetic.Compile('/', Figure(dividend), Divisor(divisor));
            case RuleSyntax.ArithmeticNode(var sign, var left, var right):
                return RuleArithmetic.Compile(sign, Figure(left), Figure(right));
            case RuleSyntax.CallNode { Function: "abs", Arguments: [var only] }:
                var signed = Figure(only);
                return f => signed(f) is { } x ? Math.Abs(x) : null;
            case RuleSyntax.CallNode { Function: "min" or "max", Arguments: [var first, var second] } call:
                var (a, b) = (Figure(first), Figure(second));
                return call.Function == "min"
                    ? f => a(f) is { } x && b(f) is { } y ? Math.Min(x, y) : null
                    : f => a(f) is { } x && b(f) is { } y ? Math.Max(x, y) : null;
            case RuleSyntax.CallNode { Function: not ("present" or "absent") } call:
                throw WrongCall(call);
            default:
                throw Fault(
                    syntax.At, "此处应为数，却是一个条件", "expected a figure, this is a condition",
                    "条件之间用 and、or、not 连接", "join conditions with and, or, not");
        }
    }

    private RuleFigure Divisor(RuleSyntax syntax)
    {
        var figure = Figure(syntax);
        if (syntax is RuleSyntax.NumberNode && figure(null!) == 0)
        {
            throw Fault(syntax.At, "不能除以 0", "nothing can be divided by 0", "请改用其他除数，或删去这一步",
                "use another divisor, or leave the division out");
        }

        _divisors.Add(figure);
        return figure;
    }

    private static RuleFigure Literal(RuleSyntax.NumberNode number)
    {
        if (!decimal.TryParse(number.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw Fault(
                number.At, $"“{number.Text}”不是可用的数字", $"'{number.Text}' is not a number that can be used",
                "请写成 1234.5，至多 28 位", "write it as 1234.5, 28 digits at most");
        }

        return _ => value;
    }

    private RuleFigure Named(RuleSyntax.NameNode name)
    {
        var figure = RuleNames.Find(name.Text);
        if (figure is null)
        {
            if (!IndicatorCode.TryParse(name.Text, out var code))
            {
                throw new RuleTypeException(new(
                    name.At + 1, new($"没有名为“{name.Text}”的数", $"there is no figure named '{name.Text}'"), RuleFaults.NamesRemedy));
            }

            figure = f => f.OtherIndicator(code);
            if (!_names.Contains(name.Text))
            {
                _indicators.Add(new(code, name.At + 1));
            }
        }

        if (!_names.Contains(name.Text))
        {
            _names.Add(name.Text);
        }

        return figure;
    }

    private RuleCondition Presence(RuleSyntax.CallNode call)
    {
        if (call.Arguments is not [RuleSyntax.NameNode name])
        {
            throw Fault(
                call.At, $"{call.Function} 只接受一个名称", $"{call.Function} takes one name",
                $"例如 {call.Function}(previous)", $"write it as {call.Function}(previous)");
        }

        var figure = Named(name);
        return call.Function == "present" ? f => figure(f) is not null : f => figure(f) is null;
    }

    private static RuleTypeException WrongCall(RuleSyntax.CallNode call) => call.Function is "abs" or "min" or "max"
        ? Fault(
            call.At, $"{call.Function} 的参数个数为 {call.Arguments.Count}", $"{call.Function} is given {call.Arguments.Count} arguments",
            "请写成 abs(x)、min(x, y)、max(x, y)", "write abs(x), min(x, y), max(x, y)")
        : Fault(
            call.At, $"没有名为“{call.Function}”的函数", $"there is no function '{call.Function}'",
            "可用的函数：abs、min、max、present、absent", "the functions are abs, min, max, present, absent");

    private static RuleTypeException Fault(int at, string problemZh, string problemEn, string remedyZh, string remedyEn) =>
        new(new(at + 1, new(problemZh, problemEn), new(remedyZh, remedyEn)));
}

/// <summary>Leaves the compiler's recursion; <see cref="RuleExpression.TryParse"/> turns it into a result.</summary>
internal sealed class RuleTypeException(RuleExpressionFault fault) : Exception(fault.ToString())
{
    public RuleExpressionFault Fault { get; } = fault;
}
