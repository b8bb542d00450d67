using XilinIngest.Storage;

namespace XilinIngest.TSql.Tests;

public sealed class EveryText
{
    private const int LeastStatements = 38;
    private const int LeastTables = 7;

    [Fact]
    public void Is_found()
    {
        // Fewer than there were when this was written: something is no longer looked at.
        Assert.True(TSqlText.StatementFields.Count >= LeastStatements, $"{TSqlText.StatementFields.Count} statements");
        Assert.True(TSqlText.TableFields.Count >= LeastTables, $"{TSqlText.TableFields.Count} tables");
        Assert.All(TSqlText.LeftOut, name => Assert.Contains(name, TSqlText.StatementFields.Select(TSqlText.NameOf)));
        Assert.All([Schema.Ledger, Schema.Cube], schema => Assert.NotEmpty(schema.Scripts));
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("cube")]
    public void Finds_its_tables_and_columns(string name)
    {
        var schema = Schema.Of(name);

        var faults = Check.Faults(schema, [.. schema.Texts, .. schema.Fillings]);

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void Is_made_once_and_from_nothing_that_came()
    {
        Assert.All(TSqlText.StatementFields.Concat(TSqlText.TableFields), field => Assert.True(field.IsInitOnly, TSqlText.NameOf(field)));
        Assert.All(Statements, text => Assert.DoesNotContain('{', text));
    }

    [Fact]
    public void Is_a_statement_where_it_could_be_missed()
    {
        var missed = Literals.ThatAreSql.Except(Statements).ToList();

        Assert.True(missed.Count == 0, string.Join(Environment.NewLine, missed));
    }

    private static IEnumerable<string> Statements => TSqlText.StatementFields.Select(holder => (Statement)holder.GetValue(null)!)
        .SelectMany(statement => Enum.GetValues<StorageProvider>().Select(statement.For));
}
