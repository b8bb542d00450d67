using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace XilinIngest.TSql.Tests;

/// <summary>T-SQL as a tree.</summary>
internal static class ScriptParser
{
    /// <exception cref="FormatException">It is no T-SQL.</exception>
    public static TSqlScript Parse(string name, string text)
    {
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        return errors.Count == 0
            ? (TSqlScript)script
            : throw new FormatException($"{name}: {string.Join(" ", errors.Select(error => $"{error.Message} (line {error.Line})"))}");
    }

    public static IEnumerable<TSqlStatement> StatementsOf(string name, string text) =>
        Parse(name, text).Batches.SelectMany(batch => batch.Statements);

    /// <summary>All parts of one kind, wherever they are.</summary>
    public static IReadOnlyList<T> All<T>(this TSqlFragment tree)
        where T : TSqlFragment
    {
        var finder = new Finder<T>();
        tree.Accept(finder);
        return finder.Found;
    }

    public static string ToText(this TSqlFragment tree)
    {
        new Sql160ScriptGenerator().GenerateScript(tree, out var text);
        return text;
    }

    private sealed class Finder<T> : TSqlFragmentVisitor
        where T : TSqlFragment
    {
        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment fragment)
        {
            if (fragment is T found)
            {
                Found.Add(found);
            }
        }
    }
}
