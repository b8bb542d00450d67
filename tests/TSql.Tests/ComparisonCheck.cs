using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using ModelColumn = Microsoft.SqlServer.Dac.Model.Column;

namespace XilinIngest.TSql.Tests;

/// <summary>Comparisons that the server refuses or makes slow, though every name in them is right.</summary>
internal static class ComparisonCheck
{
    /// <summary>
    /// A column of one byte a character compared with a parameter of two: the column is converted, row by row, and its index is of no use.
    /// And a text out of a document compared with a column: where the database's collation is not the column's, that is an error.
    /// </summary>
    public static IEnumerable<string> Faults(TSqlModel model, SqlServerText text)
    {
        var tree = ScriptParser.Parse(text.Name, text.Text);
        foreach (var comparison in tree.All<BooleanComparisonExpression>())
        {
            foreach (var (one, other) in new[] { (comparison.FirstExpression, comparison.SecondExpression),
                (comparison.SecondExpression, comparison.FirstExpression) })
            {
                if (other is VariableReference parameter && TypeOf(model, tree, one) == "varchar"
                    && ParameterTypes.TypeOf(text, parameter.Name).StartsWith("nvarchar", StringComparison.Ordinal))
                {
                    yield return $"{text.Name}: {one.ToText()} is varchar, {parameter.Name} is sent as nvarchar: CAST it";
                }

                if (IsTextOfDocument(tree, one) && !HasCollation(one) && !HasCollation(other))
                {
                    yield return $"{text.Name}: {one.ToText()} is compared in the database's collation, not in the column's: say COLLATE";
                }
            }
        }
    }

    private static bool HasCollation(ScalarExpression side) => side is PrimaryExpression { Collation: not null };

    private static bool IsTextOfDocument(TSqlFragment tree, ScalarExpression side) =>
        side is ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [var alias, var column] }
        && tree.All<OpenJsonTableReference>().Any(document => document.Alias?.Value == alias.Value && document.SchemaDeclarationItems
            .Any(item => item.ColumnDefinition.ColumnIdentifier.Value == column.Value
                && item.ColumnDefinition.DataType is SqlDataTypeReference
                {
                    SqlDataTypeOption: SqlDataTypeOption.VarChar
                    or SqlDataTypeOption.NVarChar
                }));

    // Null: no column, or one of something else than a table.
    private static string? TypeOf(TSqlModel model, TSqlFragment tree, ScalarExpression side)
    {
        if (side is not ColumnReferenceExpression { MultiPartIdentifier.Identifiers: { } names })
        {
            return null;
        }

        var tables = tree.All<NamedTableReference>()
            .Where(table => names.Count == 1 || names[^2].Value == (table.Alias ?? table.SchemaObject.BaseIdentifier).Value)
            .Select(table =>
                model.GetObject(Table.TypeClass, new ObjectIdentifier("dbo", table.SchemaObject.BaseIdentifier.Value),
                    DacQueryScopes.UserDefined));
        var column = tables.OfType<TSqlObject>()
            .SelectMany(table => table.GetReferenced(Table.Columns)).FirstOrDefault(column => column.Name.Parts[^1] == names[^1].Value);
        return column?.GetReferenced(ModelColumn.DataType).Single().Name.Parts[^1];
    }
}
