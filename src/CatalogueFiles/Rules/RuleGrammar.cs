using System.Buffers;
using Parlot;
using Parlot.Fluent;

namespace XilinIngest.CatalogueFiles.Rules;

/// <summary>
/// The grammar of <c>fires_when</c>, loosest first: <c>or</c>, <c>and</c>, <c>not</c>, one comparison, <c>+ -</c>, <c>* /</c>, the sign,
/// and the operand. It can name only figures and the five functions: there are no members, other calls or texts.
/// </summary>
internal static class RuleGrammar
{
    // The expected element, used as the parser's message. RuleExpression converts it to text.
    internal const string Operand = "operand";
    internal const string Closing = "closing";
    internal const string ClosingArguments = "closing-arguments";
    internal const string End = "end";

    private static readonly SearchValues<char> WordStart = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    private static readonly SearchValues<char> WordPart =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");

    private static readonly Parser<RuleSyntax> Whole = Build();

    /// <summary>
    /// Parses one expression, whose length and brackets were checked (<see cref="RuleFaults.CheckBounds"/>), so that the recursion is
    /// limited. The grammar is built once and shared, because a parser holds no state of a parse.
    /// </summary>
    internal static bool TryParse(string text, out RuleSyntax syntax, out ParseError? error) =>
        Whole.TryParse(new ParseContext(new Scanner(text)), out syntax, out error);

    private static Parser<RuleSyntax> Build()
    {
        var expression = Deferred<RuleSyntax>();
        var word = Terms.Identifier(WordStart, WordPart);

        var number = Terms.Pattern(c => char.IsAsciiDigit(c) || c == '.')
            .Then<RuleSyntax>((_, start, _, span) => new RuleSyntax.NumberNode(start, span.ToString()));

        var arguments = Between(
            Terms.Char('('), Separated(Terms.Char(','), expression), Terms.Char(')').ElseError(ClosingArguments));
        var nameOrCall = word.When((_, span) => span.Span is not ("and" or "or" or "not"))
            .And(ZeroOrOne(arguments))
            .Then<RuleSyntax>((_, start, _, found) => found.Item2 is { } given
                ? new RuleSyntax.CallNode(start, found.Item1.ToString(), given)
                : new RuleSyntax.NameNode(start, found.Item1.ToString()));

        var group = Between(Terms.Char('('), expression, Terms.Char(')').ElseError(Closing));

        // An operand must follow wherever the grammar expects one, so its absence is a fault and does not cause backtracking.
        var operand = OneOf(number, nameOrCall, group).ElseError(Operand);
        var signed = operand.Unary((Terms.Char('-'), x => new RuleSyntax.NegationNode(x)));
        var product = signed.LeftAssociative(
            (Terms.Char('*'), (a, b) => new RuleSyntax.ArithmeticNode('*', a, b)),
            (Terms.Char('/'), (a, b) => new RuleSyntax.ArithmeticNode('/', a, b)));
        var sum = product.LeftAssociative(
            (Terms.Char('+'), (a, b) => new RuleSyntax.ArithmeticNode('+', a, b)),
            (Terms.Char('-'), (a, b) => new RuleSyntax.ArithmeticNode('-', a, b)));

        var comparer = OneOf(
            Terms.Text("<="), Terms.Text(">="), Terms.Text("=="), Terms.Text("!="), Terms.Text("<"), Terms.Text(">"));
        var comparison = sum.And(ZeroOrOne(comparer.And(sum)))
            .Then(found => found.Item2 is ({ } sign, { } right)
                ? new RuleSyntax.ComparisonNode(sign, found.Item1, right)
                : found.Item1);

        var negated = comparison.Unary((Word("not"), x => new RuleSyntax.NotNode(x)));
        var all = negated.LeftAssociative((Word("and"), (a, b) => new RuleSyntax.AndNode(a, b)));
        expression.Parser = all.LeftAssociative((Word("or"), (a, b) => new RuleSyntax.OrNode(a, b)));

        return expression.AndSkip(Terms.WhiteSpace().Optional()).AndSkip(Always().Eof().ElseError(End));

        Parser<TextSpan> Word(string keyword) => word.When((_, span) => span.Span.SequenceEqual(keyword));
    }
}
