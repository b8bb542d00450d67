using System.Globalization;
using CsCheck;
using XilinIngest.CatalogueFiles.Rules;

namespace XilinIngest.CatalogueFiles.Tests.Rules;

public sealed class Any_text_at_all
{
    private static readonly Gen<string> Pieces = Gen.OneOf(
        "month", "ytd", "typical", "RETAIL_SALES", "and", "or", "not", "present", "abs", "min", "(", "(", ")", ")", ",", "+", "-", "*", "/",
        "<", "<=", "==", "!=", "0", "1.5", "79228162514264337593543950335", " ", "nonsense", "（", "\0", "'", "..", "\n")
        .Array[0, 60].Select(string.Concat);

    [Fact]
    public void Is_a_condition_or_a_fault_and_never_throws() =>
        Pieces.Sample(CheckOne, iter: 20_000);

    [Fact]
    public void Of_arbitrary_characters_never_fails_the_reader() =>
        Gen.String[0, 520].Sample(CheckOne, iter: 5_000);

    private static void CheckOne(string text)
    {
        if (RuleExpression.TryParse(text, out var expression, out var fault))
        {
            expression.Condition(FigureLookup.Create(("month", decimal.MaxValue), ("ytd", -1m)));
        }
        else
        {
            Assert.InRange(fault.Column, 1, Math.Max(1, text.Length + 1));
        }
    }
}

public sealed class Arithmetic_of_a_condition
{
    private sealed record Term(string Text, decimal? Value);

    private static readonly Gen<Term> Literal = Gen.Int[0, 1_000_000].Select(Gen.Int[0, 4], (n, scale) =>
    {
        var value = new decimal(n, 0, 0, false, (byte)scale);
        return new Term(value.ToString(CultureInfo.InvariantCulture), value);
    });

    [Fact]
    public void Agrees_with_decimal_in_CSharp()
    {
        Tree(4).Sample(
            term =>
            {
                var expected = term.Value is { } value ? value == 0.5m || value > 100m : (bool?)null;
                Assert.Equal(expected, RuleExpression.Parse($"{term.Text} == 0.5 or {term.Text} > 100").Condition(FigureLookup.Create()));
            },
            iter: 5_000);
    }

    private static Gen<Term> Tree(int depth) => depth == 0
        ? Literal
        : Gen.OneOf(
            Literal,
            Gen.Select(Gen.OneOf('+', '-', '*', '/'), Tree(depth - 2 < 0 ? 0 : depth - 2), Tree(depth - 2 < 0 ? 0 : depth - 2), Join),
            Tree(depth - 1).Select(x => new Term($"-({x.Text})", -x.Value)));

    private static Term Join(char sign, Term left, Term right) => new(
        $"({left.Text} {sign} {right.Text})",
        sign switch
        {
            '+' => left.Value + right.Value,
            '-' => left.Value - right.Value,
            '*' => left.Value * right.Value,
            _ => right.Value == 0 ? null : left.Value / right.Value,
        });
}
