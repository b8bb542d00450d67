using XilinIngest.SignedNotes;
using XilinIngest.Storage;

namespace XilinIngest.Deploy.Tests;

[Collection(nameof(ComposeSecrets))]
public sealed class The_secrets_of_compose(ComposeSecrets secrets)
{
    [Fact]
    public void Are_the_files_that_compose_names_and_the_offices_passwords() => Assert.Equal(
        ComposeFile.Cluster.SecretFiles.Values.Concat(["passwords.csv", "access/access-keys.json", "access/access-keys.json.lock"])
            .Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(secrets.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(secrets.Folder, file)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Can_be_read_by_the_user_of_their_container_alone()
    {
        Assert.Equal("700", await StatAsync("%a", secrets.Folder));
        Assert.Equal("600", await StatAsync("%a", secrets.In("passwords.csv")));
        foreach (var service in ComposeFile.Cluster.Services.Values
            .Where(service => !service.Settings.List("profiles").Contains("sqlserver")))
        {
            foreach (var secret in service.Secrets.Select(secret => secrets.In(ComposeFile.Cluster.SecretFiles[secret.Source])))
            {
                Assert.Equal("400", await StatAsync("%a", secret));
                Assert.Equal("700", await StatAsync("%a", Path.GetDirectoryName(secret)!));
                if (Environment.UserName == "root")
                {
                    Assert.Equal(service.Settings.Text("user")!.Split(':')[0], await StatAsync("%u", secret));
                }
            }
        }
    }

    /// <summary>A folder of the containers' user, who may take keys back while they run.</summary>
    [Fact]
    public async Task Have_an_access_key_to_begin_with_and_one_each_for_the_pages_and_the_notifier()
    {
        Assert.Equal([("administrator", "admin"), ("pages", "admin"), ("notifier", "read")],
            XilinIngest.Hosting.Access.AccessKeyFile.Read(secrets.In("access/access-keys.json"))
                .Select(key => (key.Name, Assert.Single(key.Rights))));
        Assert.Equal("600", await StatAsync("%a", secrets.In("access/access-keys.json")));
        if (Environment.UserName == "root")
        {
            var user = ComposeFile.Cluster.Services["worker-1"].Settings.Text("user")!.Split(':')[0];
            Assert.Equal(user, await StatAsync("%u", secrets.In("access")));
            Assert.Equal(user, await StatAsync("%u", secrets.In("access/access-keys.json")));
        }
    }

    [Fact]
    public async Task Stay_when_it_is_run_again()
    {
        var before = secrets.StableFiles();
        var definitions = await File.ReadAllTextAsync(secrets.In("rabbitmq/definitions.json"));
        await ComposeSecrets.GenerateAsync(secrets.Folder);
        Assert.Equal(before, secrets.StableFiles());
        Assert.Equal(definitions.Length, (await File.ReadAllTextAsync(secrets.In("rabbitmq/definitions.json"))).Length);
        Assert.Equal("400", await StatAsync("%a", secrets.In("rabbitmq/definitions.json")));
    }

    [Fact]
    public async Task Are_a_key_and_connection_strings_of_the_database_that_is_chosen()
    {
        var sqlServer = Path.Combine(Path.GetDirectoryName(secrets.Folder)!, "sqlserver");
        await ComposeSecrets.GenerateAsync(sqlServer, ("XILIN_STORAGE", "SqlServer"));
        foreach (var file in ComposeFile.Base.SecretFiles.Values.Where(
            file => file.Contains("ConnectionStrings__", StringComparison.Ordinal)
            && !file.EndsWith("Bus", StringComparison.Ordinal)))
        {
            var name = file.Split("__")[1].ToLowerInvariant();
            Assert.Contains(name, Database.TryParse(StorageProvider.PostgreSql, await File.ReadAllTextAsync(secrets.In(file)))!.Name,
                StringComparison.Ordinal);
            Assert.Contains(name,
                Database.TryParse(StorageProvider.SqlServer, await File.ReadAllTextAsync(Path.Combine(sqlServer, file)))!.Name,
                StringComparison.Ordinal);
        }

        // A cluster finds its silos in PostgreSQL alone.
        foreach (var file in ComposeFile.Cluster.SecretFiles.Values.Where(file => file.EndsWith("__Cluster", StringComparison.Ordinal)))
        {
            Assert.EndsWith("/membership",
                Database.TryParse(StorageProvider.PostgreSql, await File.ReadAllTextAsync(secrets.In(file)))!.Name,
                StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(sqlServer, file)));
        }

        var keys = await Task.WhenAll(new[] { "ledger-key", "ledger-key-time" }.Select(
            async name => NoteSigner.FromPem(await File.ReadAllTextAsync(secrets.In($"worker/{name}.pem")), "any").Verifier.Text));
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Theory]
    [InlineData("rabbitmq.conf")]
    [InlineData("enabled_plugins")]
    public void Hold_the_brokers_files_of_the_repository(string file) =>
        Assert.Equal(File.ReadAllText(Path.Combine(ComposeFile.Folder, "rabbitmq", file)),
            File.ReadAllText(secrets.In($"rabbitmq/{file}")));

    private static async Task<string> StatAsync(string what, string path) =>
        (await ProgramRunner.RunAsync("stat", ["-c", what, path])).Trim();
}
