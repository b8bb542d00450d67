using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Deploy.Tests;

/// <summary>One name for one database, in compose, in the rights and on the page about backups.</summary>
public sealed partial class The_databases
{
    private static readonly string Backup = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "backup.md"));

    [Theory]
    [InlineData("secrets.sh", "database ([a-z_]+) owner", "membership")]
    [InlineData("postgresql.sh", "(?m)^database ([a-z_]+) xilin_", "membership")]
    [InlineData("sqlserver.sh", "CREATE DATABASE ([a-z_]+);")]
    public void Are_called_the_same_in_every_script_and_on_the_page_about_backups(string script, string made, params string[] more)
    {
        var names = Regex.Matches(File.ReadAllText(Path.Combine(ComposeFile.Folder, "compose", script)), made)
            .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["cube", "ledger", .. more, "notices"], names);
        Assert.Contains("LEDGER=${LEDGER:-ledger} CUBE=${CUBE:-cube} NOTICES=${NOTICES:-notices}", Backup, StringComparison.Ordinal);
        Assert.All(names.Except(more), name => Assert.Matches($"(?m)^BACKUP DATABASE {name} +TO", Backup));
        Assert.DoesNotMatch("xilin_(ledger|cube|notices)", Backup);
    }

    [Fact]
    public void Of_SQL_Server_come_in_an_image_that_has_its_tools_where_the_scripts_look()
    {
        var settings = File.ReadAllLines(Path.Combine(ComposeFile.Folder, ".env"));
        var version = Version().Match(Assert.Single(settings, line => line.StartsWith("SQLSERVER_VERSION=", StringComparison.Ordinal)));

        Assert.Contains("/opt/mssql-tools18/bin/sqlcmd", File.ReadAllText(Path.Combine(ComposeFile.Folder, "compose", "sqlserver.sh")),
            StringComparison.Ordinal);
        Assert.True(version.Success && int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture) >= 14,
            "the tools are there from CU14 on");
    }

    [GeneratedRegex("2022-CU([0-9]+)-")]
    private static partial Regex Version();
}
