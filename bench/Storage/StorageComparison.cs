using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using XilinIngest.Worker;

namespace XilinIngest.Bench.Storage;

/// <summary>
/// Measures ledger and cube on SQLite and PostgreSQL in one run, each alternating with the engine's own bulk path for the same rows.
/// </summary>
internal sealed class StorageComparison(string folder, Catalogue catalogue, BenchData data, int rounds, int perRound, int effective)
{
    private readonly Dictionary<(StorageProvider Engine, string What), List<double>> _rates = [];

    // Every group waits for the disk. Small groups get fewer rows, so that they do not take most of the time.
    private (int Group, int Rows)[] Groups => [(1, perRound / 20), (50, perRound / 2), (500, perRound)];

    public void Run()
    {
        using var cluster = new PrivatePostgreSql();
        using var sqlite = NewEngineUnderTest(StorageProvider.Sqlite, name => $"Data Source={Path.Combine(folder, name)}.db");
        using var postgres = NewEngineUnderTest(StorageProvider.PostgreSql, cluster.NewDatabase);

        // The first round is a warm-up.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var subject in new[] { sqlite, postgres })
            {
                Measure(subject, round > 0);
            }

            Console.WriteLine(round == 0
                ? "warm" : $"round {round} of {rounds}: "
                + string.Join(", ", _rates.Select(rate => $"{rate.Key.Engine} {rate.Key.What} {rate.Value[^1]:N0}/s")));
        }

        Print();
    }

    private EngineUnderTest NewEngineUnderTest(StorageProvider engine, Func<string, string> newDatabase)
    {
        var (ledger, bulk, cube) = (newDatabase("ledger"), newDatabase("bulk"), newDatabase("cube"));
        var service =
            new ServiceStorage(Database.TryParse(engine, ledger)!, Database.TryParse(engine, cube)!, Path.Combine(folder, $"{engine}.pem"));
        WorkerRegistration.Migrate(Database.TryParse(engine, bulk)!, NullLogger.Instance);
        service.FillEffectiveMonths(data, catalogue, effective);
        return new(engine, service,
            engine == StorageProvider.Sqlite
                ? new SqliteBulkBaseline(bulk["Data Source=".Length..], cube["Data Source=".Length..])
                    : new PostgreSqlBulkBaseline(bulk, cube), new LedgerRowGenerator(data));
    }

    private void Measure(EngineUnderTest subject, bool counts)
    {
        foreach (var (group, count) in Groups)
        {
            // The other ledger gets the same rows, so that both always have the same size.
            var rows = subject.Rows.Next(count);
            Take(BatchLabel(group), count, () => subject.Service.Append(rows, group));
            if (count == perRound)
            {
                Take("bulk", count, () => subject.Bulk.Append(rows));
            }
            else
            {
                subject.Bulk.Append(rows);
            }
        }

        Take("cube", effective, () => subject.Service.LoadCube(catalogue));
        Take("read", effective, () => subject.Bulk.ReadEffectiveMonths());

        void Take(string what, int count, Action work)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            if (counts)
            {
                var key = (subject.Engine, what);
                _rates.TryAdd(key, []);
                _rates[key].Add(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
    }

    private static string BatchLabel(int group) => $"groups of {group}";

    private void Print()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("what", "SQLite", "PostgreSQL", "goal", "met");
        double Of(StorageProvider engine, string what) => _rates[(engine, what)].Order().ElementAt(rounds / 2);
        void Rates(string title, string what) =>
            table.AddRow(title, $"{Of(StorageProvider.Sqlite, what):N0}/s", $"{Of(StorageProvider.PostgreSql, what):N0}/s", "", "");
        void Ratios(string title, string what, string other, double? goal)
        {
            double[] ratios = [Of(StorageProvider.Sqlite, what) / Of(StorageProvider.Sqlite, other),
                    Of(StorageProvider.PostgreSql, what) / Of(StorageProvider.PostgreSql, other)];
            table.AddRow(title, $"{ratios[0]:N2}", $"{ratios[1]:N2}", goal is { } least ? $"≥ {least:N1}" : "",
                goal is null ? "" : ratios.All(ratio => ratio >= goal) ? "yes" : "NO");
        }

        foreach (var (group, _) in Groups)
        {
            Rates($"ledger, {BatchLabel(group)}", BatchLabel(group));
        }

        Rates($"(a) the engine's bulk path, {perRound:N0} rows in one transaction", "bulk");
        foreach (var (group, _) in Groups)
        {
            Ratios($"{BatchLabel(group)} ÷ (a)", BatchLabel(group), "bulk", group == 500 ? 0.5 : null);
        }

        Rates($"the cube made of {effective:N0} months that stand, {BenchData.IndicatorCount} values each", "cube");
        Rates("(b) the same rows read, and nothing made of them", "read");
        Ratios("cube ÷ (b)", "cube", "read", null);
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
    }

    private sealed record EngineUnderTest(StorageProvider Engine, ServiceStorage Service, BulkBaseline Bulk, LedgerRowGenerator Rows)
        : IDisposable
    {
        public void Dispose()
        {
            Bulk.Dispose();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Npgsql.NpgsqlConnection.ClearAllPools();
        }
    }
}
