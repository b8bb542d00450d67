namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>
/// Decimal arithmetic in which what cannot be computed is unknown. The right side is computed where the left one is known: a sum of months
/// takes longer than the rest of a rule. An overflow costs an exception inside, some microseconds:
/// it takes figures near 10^28, so it is not worth a check before every operation.
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

    /// <summary>Three-valued: a comparison with an unknown is unknown, where C#'s lifted operators would say false.</summary>
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
