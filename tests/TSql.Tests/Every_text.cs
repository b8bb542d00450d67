using XilinIngest.Storage;

namespace XilinIngest.TSql.Tests;

public sealed class Every_text
{
    private const int LeastStatements = 38;
    private const int LeastTables = 7;

    [Fact]
    public void Is_found_by_the_search_in_the_programs()
    {
        // Fewer than there were when this was written: something is no longer looked at.
        Assert.True(SqlServerText.StatementFields.Count >= LeastStatements, $"{SqlServerText.StatementFields.Count} statements");
        Assert.True(SqlServerText.TableFields.Count >= LeastTables, $"{SqlServerText.TableFields.Count} tables");
        Assert.All(SqlServerText.LeftOut, name => Assert.Contains(name, SqlServerText.StatementFields.Select(SqlServerText.NameOf)));
        Assert.All([MigrationSchema.Ledger, MigrationSchema.Cube, MigrationSchema.Notices], schema => Assert.NotEmpty(schema.Scripts));
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("cube")]
    [InlineData("notices")]
    public void Finds_its_tables_and_columns(string name)
    {
        var schema = MigrationSchema.Of(name);

        var faults = SchemaCheck.Faults(schema, [.. schema.Texts, .. schema.SeedStatements]);

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void Is_made_once_and_from_nothing_that_came()
    {
        Assert.All(SqlServerText.StatementFields.Concat(SqlServerText.TableFields),
            field => Assert.True(field.IsInitOnly, SqlServerText.NameOf(field)));
        Assert.All(Statements, text => Assert.DoesNotContain('{', text));
    }

    [Fact]
    public void Is_a_statement_where_it_could_be_missed()
    {
        var missed = SqlLiterals.SqlTexts.Except(Statements).ToList();

        Assert.True(missed.Count == 0, string.Join(Environment.NewLine, missed));
    }

    private static IEnumerable<string> Statements => SqlServerText.StatementFields.Select(holder => (SqlStatement)holder.GetValue(null)!)
        .SelectMany(statement => Enum.GetValues<StorageProvider>().Select(statement.For));
}
