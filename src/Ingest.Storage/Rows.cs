using System.Data.Common;

namespace XilinIngest.Storage;

/// <summary>One column of rows to be written: its parameter, and where its value comes from.</summary>
public sealed record Column<T>(string Parameter, Func<T, object?> Value);

/// <summary>
/// Writes many rows with one statement, bound and prepared once, where Dapper makes its parameters anew for every row.
/// Groups of hundreds of rows are what intake and aggregator do all day.
/// </summary>
public static class Rows
{
    /// <param name="connection">An open connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="sql">A whole statement that writes one row.</param>
    /// <param name="columns">Its parameters.</param>
    /// <param name="rows">The rows.</param>
    public static void Write<T>(DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var column in columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = column.Parameter;
            command.Parameters.Add(parameter);
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                command.Parameters[i].Value = columns[i].Value(row) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }
}
