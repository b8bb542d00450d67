namespace XilinIngest.TSql.Tests;

public sealed class EveryText
{
    private const int Statements = 38;
    private const int Tables = 7;

    [Fact]
    public void Is_found()
    {
        // Fewer than there were when this was written: something is no longer looked at.
        Assert.True(TSqlText.StatementFields.Count >= Statements, $"{TSqlText.StatementFields.Count} statements");
        Assert.True(TSqlText.TableFields.Count >= Tables, $"{TSqlText.TableFields.Count} tables");
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
}
