namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>An expression as it is written, before types are checked.</summary>
/// <param name="At">The start in the text, from 0; the position of a fault.</param>
internal abstract record RuleSyntax(int At)
{
    internal sealed record NumberNode(int At, string Text) : RuleSyntax(At);

    internal sealed record NameNode(int At, string Text) : RuleSyntax(At);

    internal sealed record CallNode(int At, string Function, IReadOnlyList<RuleSyntax> Arguments) : RuleSyntax(At);

    internal sealed record NegationNode(RuleSyntax Operand) : RuleSyntax(Operand.At);

    internal sealed record ArithmeticNode(char Operator, RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);

    internal sealed record ComparisonNode(string Operator, RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);

    internal sealed record NotNode(RuleSyntax Operand) : RuleSyntax(Operand.At);

    internal sealed record AndNode(RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);

    internal sealed record OrNode(RuleSyntax Left, RuleSyntax Right) : RuleSyntax(Left.At);
}
