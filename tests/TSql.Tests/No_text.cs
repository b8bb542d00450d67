namespace XilinIngest.TSql.Tests;

public sealed class No_text
{
    private static readonly MigrationSchema[] Schemas = [MigrationSchema.Ledger, MigrationSchema.Cube, MigrationSchema.Notices];

    private static IEnumerable<(string Name, string Text)> All =>
        [.. SqlServerText.All.Select(text => (text.Name, text.Text)), .. Schemas.SelectMany(schema => schema.Scripts)];

    [Fact]
    public void Has_what_Babelfish_does_not_do() =>
        Assert.Empty(
            All.SelectMany(
                text => BabelfishCheck.Faults(ScriptParser.Parse(text.Name, text.Text)).Select(fault => $"{text.Name}: {fault}")));

    [Theory]
    [InlineData("MERGE",
        "MERGE newest_publication AS t USING OPENJSON(@Rows) WITH (id bigint) AS r ON t.id = r.id WHEN MATCHED THEN DELETE;")]
    [InlineData("CREATE OR ALTER", "CREATE OR ALTER VIEW newest AS SELECT id FROM newest_publication")]
    [InlineData("UPDLOCK", "SELECT generation FROM write_lock WITH (UPDLOCK, HOLDLOCK) WHERE id = 1")]
    [InlineData("OUTPUT", "UPDATE write_lock SET generation = generation + 1 OUTPUT inserted.generation WHERE id = 1")]
    [InlineData("OUTPUT", "DECLARE @gone TABLE (id bigint); DELETE FROM write_lock OUTPUT deleted.id INTO @gone")]
    [InlineData("SET @variable = column =", "UPDATE write_lock SET @Generation = generation = generation + 1")]
    [InlineData("a change through WITH", "WITH old AS (SELECT * FROM publication WHERE id = 1) DELETE FROM old")]
    [InlineData("a change through WITH",
        "WITH old AS (SELECT * FROM publication WHERE id = 1) UPDATE o SET period = 2 FROM old AS o")]
    public void Has_it_unseen(string what, string text) =>
        Assert.Equal([what], BabelfishCheck.Faults(ScriptParser.Parse(nameof(No_text), text)));

    [Fact]
    public void Reads_from_WITH_in_vain() =>
        Assert.Empty(
            BabelfishCheck.Faults(
                ScriptParser.Parse(nameof(No_text),
                    "WITH old AS (SELECT id FROM publication) DELETE FROM newest_publication WHERE id IN (SELECT id FROM old)")));

    [Fact]
    public void Compares_what_cannot_be_compared_well() => Assert.All(Schemas, schema =>
    {
        using var model = schema.Model();
        Assert.Empty(schema.Texts.SelectMany(text => ComparisonCheck.Faults(model, text)));
    });

    [Theory]
    [InlineData("SELECT code FROM recorded_fact WHERE field = @Root", "is sent as nvarchar")]
    [InlineData("SELECT f.code FROM recorded_fact AS f WHERE @Root = f.field", "is sent as nvarchar")]
    [InlineData("SELECT s.unit FROM OPENJSON(@Wanted) WITH (unit varchar(100) '$.unit') AS w JOIN ledger_effective_month AS s ON "
        + "s.unit = w.unit", "say COLLATE")]
    public void Compares_so_unseen(string text, string fault)
    {
        using var model = MigrationSchema.Ledger.Model();

        Assert.Contains(fault,
            Assert.Single(ComparisonCheck.Faults(model, new SqlServerText(MigrationSchema.Ledger.Assembly, nameof(No_text), text))),
            StringComparison.Ordinal);
    }
}
