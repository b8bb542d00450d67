using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;
using XilinIngest.Storage;

namespace XilinIngest.TSql.Tests;

public sealed class Every_service
{
    private const string Role = "xilin_service";

    [Theory]
    [InlineData("XilinIngest.Ingest.Worker")]
    [InlineData("XilinIngest.Aggregator")]
    public void Runs_with_the_cultures_that_the_client_of_SQL_Server_asks_for(string service)
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, service + ".runtimeconfig.json")));

        Assert.False(
            settings.RootElement.GetProperty("runtimeOptions")
            .GetProperty("configProperties").GetProperty("System.Globalization.Invariant").GetBoolean());
    }

    [Fact]
    public void Writes_figures_as_everywhere_whatever_the_machines_language_is()
    {
        var written = new List<string>();
        OnThread(() =>
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            written.Add($"{-1234.5m}");
            ServiceHost.CreateBuilder([]);
            written.Add($"{-1234.5m}");
            OnThread(() => written.Add($"{-1234.5m}"));
        });

        Assert.Equal(["-1234,5", "-1234.5", "-1234.5"], written);

        static void OnThread(ThreadStart work)
        {
            var thread = new Thread(work);
            thread.Start();
            thread.Join();
        }
    }

    [Fact]
    public void Says_that_a_server_is_away()
    {
        // Bound, and not listening: no one else takes the port meanwhile.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var database = Database.TryParse(StorageProvider.SqlServer,
                $"Server=127.0.0.1,{((IPEndPoint)taken.LocalEndPoint!).Port};Database=ledger;User Id=a;Password=b;Connect "
                + "Timeout=5;ConnectRetryCount=0")!;

        var exception = Assert.Throws<SqlException>(() => database.Open());

        Assert.Contains("cannot be reached", StorageFault.FromException(exception, database.Name)!.ReasonEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("cube")]
    [InlineData("cube-prune")]
    [InlineData("notices")]
    [InlineData("notices-prune")]
    public void May_do_what_its_statements_do(string name)
    {
        var schema = SchemaOf(name);
        var rights = ScriptParser.StatementsOf(name, Rights(name)).Cast<GrantStatement>()
            .SelectMany(grant =>
                grant.Permissions.Select(
                    permission =>
                        (Right: permission.Identifiers.Single().Value,
                            Table: grant.SecurityTargetObject.ObjectName.MultiPartIdentifier.Identifiers[^1].Value))).ToHashSet();
        var statements = SqlServerText.StatementFields.Where(field => IsOfPruning(field) == IsPruning(name))
            .Select(SqlServerText.NameOf).ToHashSet();
        Assert.NotEmpty(statements);
        var needed = schema.Texts.Where(text => statements.Contains(text.Name))
            .SelectMany(text => ScriptParser.Parse(text.Name, text.Text).All<DataModificationSpecification>())
            .Select(change => (RightFor(change), ((NamedTableReference)change.Target).SchemaObject.BaseIdentifier.Value));

        Assert.Subset(rights, needed.ToHashSet());
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("cube")]
    [InlineData("cube-prune")]
    [InlineData("notices")]
    [InlineData("notices-prune")]
    public void May_do_it_in_tables_that_are_there(string name)
    {
        using var model = SchemaOf(name).Model();
        model.AddObjects($"CREATE ROLE {Role}");
        foreach (var grant in ScriptParser.StatementsOf(name, Rights(name)))
        {
            model.AddObjects(grant.ToText());
        }

        Assert.Equal("", string.Join(Environment.NewLine, model.Validate().Select(message => message.Message)));
    }

    // xilin-admin prune has a user of its own.
    private static bool IsPruning(string name) => name.EndsWith("-prune", StringComparison.Ordinal);

    private static bool IsOfPruning(FieldInfo field) =>
        field.DeclaringType == typeof(PruningStatements) || field.DeclaringType == typeof(NoticePruningStatements);

    private static MigrationSchema SchemaOf(string name) => MigrationSchema.Of(name.Split('-')[0]);

    private static string Rights(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name + "-rights.sql")).Replace("$(role)", Role, StringComparison.Ordinal);

    private static string RightFor(DataModificationSpecification change) => change switch
    {
        InsertSpecification => "INSERT",
        UpdateSpecification => "UPDATE",
        _ => "DELETE",
    };
}
