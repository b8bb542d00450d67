using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace XilinIngest.TSql.Tests;

/// <summary>What Babelfish refuses or, worse, runs as something else; each was seen there.</summary>
internal static class BabelfishCheck
{
    /// <summary>What a text has of it.</summary>
    public static IEnumerable<string> Faults(TSqlFragment tree) =>
    [
        .. Found<MergeStatement>(tree, "MERGE"),
        .. Found<CreateOrAlterProcedureStatement>(tree, "CREATE OR ALTER"),
        .. Found<CreateOrAlterFunctionStatement>(tree, "CREATE OR ALTER"),
        .. Found<CreateOrAlterViewStatement>(tree, "CREATE OR ALTER"),
        .. Found<CreateOrAlterTriggerStatement>(tree, "CREATE OR ALTER"),

        // The hint does nothing there, and the output is from before another one's change: numbers were given twice.
        .. Found<TableHint>(tree, "UPDLOCK", hint => hint.HintKind == TableHintKind.UpdLock),
        .. Found<OutputClause>(tree, "OUTPUT"),
        .. Found<OutputIntoClause>(tree, "OUTPUT"),
        .. Found<AssignmentSetClause>(tree, "SET @variable = column =", set => set is { Variable: not null, Column: not null }),
        .. Found<DataModificationStatement>(tree, "a change through WITH", ChangesThroughWith),
    ];

    private static IEnumerable<string> Found<T>(TSqlFragment tree, string what, Func<T, bool>? isOne = null)
        where T : TSqlFragment => tree.All<T>().Where(isOne ?? (_ => true)).Select(_ => what);

    // Its target is one of its own common table expressions, or an alias of one.
    private static bool ChangesThroughWith(DataModificationStatement statement)
    {
        var own = statement.WithCtesAndXmlNamespaces?.CommonTableExpressions.Select(expression => expression.ExpressionName.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var target = statement.All<UpdateDeleteSpecificationBase>()
            .Select(change => change.Target).OfType<NamedTableReference>().SingleOrDefault()?.SchemaObject.BaseIdentifier.Value;
        return own.Count > 0 && statement.All<NamedTableReference>()
            .Any(table => (target == table.Alias?.Value || target == table.SchemaObject.BaseIdentifier.Value)
                && own.Contains(table.SchemaObject.BaseIdentifier.Value));
    }
}
