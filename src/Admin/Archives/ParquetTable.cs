using Parquet;
using Parquet.Schema;

namespace XilinIngest.Admin.Archives;

/// <summary>A column of a file: its type, and how it is taken from a row.</summary>
internal sealed record ParquetColumn<T>(DataField Field, Func<ParquetRowGroupWriter, DataField, IReadOnlyList<T>, Task> WriteAsync);

/// <summary>Writes rows as a Parquet file, in groups so that a large table does not have to be in memory.</summary>
internal static class ParquetTable
{
    private const int RowsPerGroup = 50_000;

    // A submission has at most 15 digits before the point and 6 after it.
    private const int Precision = 28;
    private const int Scale = 6;

    public static ParquetColumn<T> Text<T>(string name, Func<T, string?> read) => new(
        new DataField(name, typeof(string), isNullable: true),
        (group, field, rows) => group.WriteAsync(field, [.. rows.Select(row => read(row)!)]));

    public static ParquetColumn<T> Number<T>(string name, Func<T, long> read) => new(
        new DataField(name, typeof(long), isNullable: false),
        (group, field, rows) => group.WriteAsync<long>(field, rows.Select(read).ToArray().AsMemory()));

    /// <summary>DECIMAL(28,6), without a value where there is none.</summary>
    public static ParquetColumn<T> Amount<T>(string name, Func<T, decimal?> read) => new(
        new DecimalDataField(name, Precision, Scale, isNullable: true),
        (group, field, rows) => group.WriteAsync<decimal>(field, rows.Select(row => Exact(read(row))).ToArray().AsMemory()));

    public static async Task WriteAsync<T>(
        string file, IReadOnlyList<ParquetColumn<T>> columns, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var schema = new ParquetSchema(columns.Select(column => column.Field));
        await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite);
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: cancellationToken))
        {
            foreach (var some in rows.Chunk(RowsPerGroup))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var group = writer.CreateRowGroup();
                for (var i = 0; i < columns.Count; i++)
                {
                    await columns[i].WriteAsync(group, schema.DataFields[i], some);
                }
            }
        }

        await stream.FlushAsync(cancellationToken);
    }

    // Rounding would make another figure of it without a word.
    private static decimal? Exact(decimal? amount) => amount is { } number && decimal.Truncate(number * 1_000_000m) != number * 1_000_000m
        ? throw new InvalidOperationException($"The figure {number} has more than {Scale} decimals and cannot be archived exactly.")
        : amount;
}
