using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Bench;

/// <summary>
/// (a) Only inserts the same rows into a copy of the loaded ledger's table with its indexes: prepared statements, groups of 500, durable.
/// </summary>
internal sealed class RawInsertBaseline : IDisposable
{
    private readonly SqliteConnection _connection;
    private long _sequence;

    public RawInsertBaseline(string folder, string ledgerFile)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "rows.db")}");
        _connection.Open();
        _connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;");
        _connection.Execute($"ATTACH DATABASE '{ledgerFile}' AS source");
        foreach (var sql in _connection.Query<string>(
            "SELECT sql FROM source.sqlite_master WHERE tbl_name = 'ledger_entry' AND sql IS NOT NULL ORDER BY type DESC").ToList())
        {
            _connection.Execute(sql);
        }

        _connection.Execute("INSERT INTO main.ledger_entry SELECT * FROM source.ledger_entry");
        _connection.Execute("DETACH DATABASE source");
        _sequence = _connection.ExecuteScalar<long>("SELECT MAX(sequence) FROM ledger_entry");
    }

    public double Insert(IReadOnlyList<byte[]> bodies)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var group in bodies.Chunk(500))
        {
            using var transaction = _connection.BeginTransaction();
            using var command = _connection.CreateCommand();
            command.CommandText = "INSERT INTO ledger_entry VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, $9, $10)";
            var parameters = Enumerable.Range(1, 10).Select(i => command.Parameters.Add(new SqliteParameter("$" + i, null))).ToList();
            foreach (var body in group)
            {
                var text = Encoding.ASCII.GetString(body, 17, 36);
                object[] values =
                    [++_sequence, "r" + text[1..], text, "2022-12", 1, "accepted", body, "2024-02-01T00:00:00.000000Z", "local",
                        SHA256.HashData(body)];
                for (var i = 0; i < values.Length; i++)
                {
                    parameters[i].Value = values[i];
                }

                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return bodies.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => _connection.Dispose();
}

/// <summary>(b) Only deserializes the same JSON to the contract, by the generated reader.</summary>
internal static class JsonParseBaseline
{
    public static double Run(IReadOnlyList<byte[]> bodies)
    {
        var start = Stopwatch.GetTimestamp();
        var values = bodies.Sum(body => JsonSerializer.Deserialize<SubmitIndicators>(body, WireFormat.Options)!.Values.Count);
        return values == 0 ? 0 : bodies.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

/// <summary>
/// (c) A conventional implementation: a row per value, one transaction per message, and the year's totals and growth by GROUP BY after
/// each.
/// </summary>
internal sealed class RowPerValueBaseline : IDisposable
{
    private readonly SqliteConnection _connection;

    public RowPerValueBaseline(string folder, BenchData data, Period first, int months)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "textbook.db")}");
        _connection.Open();
        _connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;");
        _connection.Execute(
            "CREATE TABLE value (unit TEXT, street TEXT, indicator TEXT, period INTEGER, amount INTEGER, PRIMARY KEY (period, unit, "
            + "indicator)) WITHOUT ROWID");
        Console.WriteLine("filling the textbook's table …");
        for (var m = 0; m < months; m++)
        {
            using var transaction = _connection.BeginTransaction();
            using var command = _connection.CreateCommand();
            command.CommandText = "INSERT INTO value VALUES ($1, $2, $3, $4, $5)";
            var parameters = Enumerable.Range(1, 5).Select(i => command.Parameters.Add(new SqliteParameter("$" + i, null))).ToList();
            parameters[3].Value = first.AddMonths(m).Number;
            for (var e = 0; e < data.Enterprises.Count; e++)
            {
                (parameters[0].Value, parameters[1].Value) = (data.Enterprises[e], $"street {e % 8}");
                for (var i = 0; i < BenchData.IndicatorCount; i++)
                {
                    (parameters[2].Value, parameters[4].Value) = (BenchData.Indicator(i), 10_000 + e * 31 % 7919 + i);
                    command.ExecuteNonQuery();
                }
            }

            transaction.Commit();
        }
    }

    public double Run(IReadOnlyList<byte[]> bodies)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var body in bodies)
        {
            var submission = JsonSerializer.Deserialize<SubmitIndicators>(body, WireFormat.Options)!;
            var period = Period.Parse(submission.Period);
            using var transaction = _connection.BeginTransaction();
            _connection.Execute(
                "UPDATE value SET amount = @Amount WHERE period = @Period AND unit = @Unit AND indicator = @Indicator",
                submission.Values.Select(
                    value => new { Amount = (long)(value.Value! * 100), Period = period.Number, submission.Unit, value.Indicator }),
                    transaction);
            _ = _connection.Query(
                "SELECT street, indicator, period / 100 AS year, SUM(amount) AS total FROM value WHERE period % 100 <= @Month GROUP BY "
                + "street, indicator, period / 100",
                new { period.Month }, transaction).AsList();
            transaction.Commit();
        }

        return bodies.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => _connection.Dispose();
}
