namespace XilinIngest.TSql.Tests;

public sealed class A_fault
{
    [Theory]
    [InlineData("a column that is not there", "SELECT sequense FROM ledger_entry", "sequense")]
    [InlineData("a column of another table", "SELECT unit, period, hash FROM ledger_effective_month", "hash")]
    [InlineData("a column in a condition", "DELETE FROM tree_node WHERE levle = @Level", "levle")]
    [InlineData("a column in an order", "SELECT unit FROM ledger_entry ORDER BY sequenz", "sequenz")]
    [InlineData("a column that is set", "UPDATE ledger_head SET frontir = @Frontier WHERE id = 1", "frontir")]
    [InlineData("a column of a list of columns", "INSERT INTO indicator_number (number, kode) VALUES (@Number, @Code)", "kode")]
    [InlineData("a column in other case", "SELECT Sequence FROM ledger_entry", "Sequence")]
    [InlineData("a column of a document",
        "SELECT s.unit FROM OPENJSON(@Wanted) WITH (unit varchar(100) '$.unit') AS w JOIN ledger_effective_month AS s ON s.unit = w.unitt",
        "[w]")]
    [InlineData("a table that is not there", "SELECT sequence FROM ledger_entri", "ledger_entri")]
    [InlineData("a table of the other database", "SELECT id FROM publication", "publication")]
    [InlineData("a text of SQLite's", "SELECT value FROM json_each(@Ids)", "json_each")]
    [InlineData("a limit where there is none", "SELECT sequence FROM ledger_entry ORDER BY sequence LIMIT @Limit", "LIMIT")]
    [InlineData("a text that is cut off", "SELECT sequence FROM", "A_fault")]
    public void Is_found_by_the_search_in_the_programs(string what, string text, string named)
    {
        var faults = SchemaCheck.Faults(MigrationSchema.Ledger, new SqlServerText(MigrationSchema.Ledger.Assembly, nameof(A_fault), text));

        Assert.True(faults.Any(fault => fault.Contains(named, StringComparison.Ordinal)), $"{what}: {string.Join(" / ", faults)}");
    }

    [Fact]
    public void Of_a_parameter_that_no_one_sends_is_found() =>
        Assert.Throws<KeyNotFoundException>(
            () => SchemaCheck.Faults(MigrationSchema.Ledger,
                new SqlServerText(MigrationSchema.Ledger.Assembly, nameof(A_fault),
                    "SELECT sequence FROM ledger_entry WHERE unit = @Unnit")));
}
