using Microsoft.SqlServer.Dac.Model;
using Index = Microsoft.SqlServer.Dac.Model.Index;
using ModelColumn = Microsoft.SqlServer.Dac.Model.Column;

namespace XilinIngest.TSql.Tests;

public sealed class Every_column
{
    // Of a clustered index; others may have 1700.
    private const int LargestKey = 900;
    private const int Number = 8;

    [Theory]
    [InlineData("ledger")]
    [InlineData("cube")]
    [InlineData("notices")]
    public void Of_text_compares_by_its_characters_alone(string name)
    {
        using var model = MigrationSchema.Of(name).Model();
        var texts = model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass).SelectMany(table => table.GetReferenced(Table.Columns))
            .Where(column => TypeOf(column).EndsWith("varchar", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(texts);
        Assert.All(texts, column => Assert.Equal("Latin1_General_100_BIN2", column.GetProperty<string>(ModelColumn.Collation)));
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("cube")]
    [InlineData("notices")]
    public void Of_a_key_has_room_in_it(string name)
    {
        using var model = MigrationSchema.Of(name).Model();
        var keys = model.GetObjects(DacQueryScopes.UserDefined, PrimaryKeyConstraint.TypeClass)
            .Select(key => key.GetReferenced(PrimaryKeyConstraint.Columns))
            .Concat(model.GetObjects(DacQueryScopes.UserDefined, UniqueConstraint.TypeClass)
                .Select(key => key.GetReferenced(UniqueConstraint.Columns)))
            .Concat(model.GetObjects(DacQueryScopes.UserDefined, Index.TypeClass).Select(key => key.GetReferenced(Index.Columns)))
            .Select(columns => columns.ToList()).ToList();

        Assert.NotEmpty(keys);
        Assert.All(keys, columns => Assert.InRange(columns.Sum(Bytes), 1, LargestKey));
    }

    private static int Bytes(TSqlObject column) => TypeOf(column) switch
    {
        "bigint" => Number,
        _ when column.GetProperty<bool>(ModelColumn.IsMax) => int.MaxValue,
        "nvarchar" => 2 * column.GetProperty<int>(ModelColumn.Length),
        _ => column.GetProperty<int>(ModelColumn.Length),
    };

    private static string TypeOf(TSqlObject column) => column.GetReferenced(ModelColumn.DataType).Single().Name.Parts[^1];
}
