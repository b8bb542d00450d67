namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>An expression as it is written, before types are checked.</summary>
/// <param name="At">Where it starts in the text, from 0: what a fault points at.</param>
internal abstract record RuleSyntax(int At)
{
    internal sealed record Number(int At, string Text) : RuleSyntax(At);

    internal sealed record Name(int At, string Text) : RuleSyntax(At);

    internal sealed record Call(int At, string Function, IReadOnlyList<RuleSyntax> Arguments) : RuleSyntax(At);

    internal sealed record Negation(RuleSyntax Operand) : RuleSyntax(Operand.At);

    internal sealed record Arithmetic(char Operator, RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);

    internal sealed record Comparison(string Operator, RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);

    internal sealed record Not(RuleSyntax Operand) : RuleSyntax(Operand.At);

    internal sealed record And(RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);

    internal sealed record Or(RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);
}
