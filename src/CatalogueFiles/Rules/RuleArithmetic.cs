namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>
/// Decimal arithmetic in which a result that cannot be computed is unknown. The right side is computed only if the left one is known,
/// because a sum of months takes longer than the rest of a rule. An overflow costs an internal exception of some microseconds. It needs
/// figures near 10^28, so that a check before every operation is not worthwhile.
/// </summary>
internal static class RuleArithmetic
{
    internal static RuleFigure Compile(char @operator, RuleFigure left, RuleFigure right) => @operator switch
    {
        '+' => f => left(f) is { } known ? Add(known, right(f)) : null,
        '-' => f => left(f) is { } known ? Subtract(known, right(f)) : null,
        '*' => f => left(f) is { } known ? Multiply(known, right(f)) : null,
        '/' => f => left(f) is { } known ? Divide(known, right(f)) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
    };

    /// <summary>Three-valued: a comparison with an unknown is unknown, whereas C#'s lifted operators would return false.</summary>
    internal static Func<decimal, decimal, bool> Comparer(string @operator) => @operator switch
    {
        "<" => (a, b) => a < b,
        "<=" => (a, b) => a <= b,
        ">" => (a, b) => a > b,
        ">=" => (a, b) => a >= b,
        "==" => (a, b) => a == b,
        "!=" => (a, b) => a != b,
        _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
    };

    private static decimal? Add(decimal? left, decimal? right)
    {
        try
        {
            return left + right;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal? Subtract(decimal? left, decimal? right)
    {
        try
        {
            return left - right;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal? Multiply(decimal? left, decimal? right)
    {
        try
        {
            return left * right;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal? Divide(decimal? left, decimal? right)
    {
        try
        {
            return right == 0 ? null : left / right;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
