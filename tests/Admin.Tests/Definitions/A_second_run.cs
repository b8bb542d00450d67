using XilinIngest.Admin.Broker;

namespace XilinIngest.Admin.Tests.Definitions;

public sealed class A_second_run : IDisposable
{
    private const string Village = "320404004201";
    private const string Enterprise = "91320404MA0000072Y";
    private const string Units = "units.csv";
    private readonly GeneratedFilesFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keeps_the_passwords_there_are()
    {
        var first = await MakeAsync();
        Assert.Contains("新密码 91 个", first.Output, StringComparison.Ordinal);
        var before = _folder.Passwords;
        var second = await MakeAsync("--lang", "en");
        Assert.Contains("0 with a new password, 91 as before", second.Output, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Passwords);
    }

    [Fact]
    public async Task Gives_a_new_unit_a_password_and_drops_that_of_one_that_is_no_more()
    {
        await MakeAsync();
        var before = _folder.Passwords;
        EditUnits(lines =>
            [.. lines.Where(line => !line.StartsWith(Enterprise, StringComparison.Ordinal)),
                "320404004204,新村,New Village,village,320404004000,2023-01,,,no"]);
        var said = await MakeAsync();
        Assert.Contains($"rabbitmqctl delete_user {Enterprise}", said.Output, StringComparison.Ordinal);
        Assert.Equal(before.Keys.Except([Enterprise]).Append("320404004204").Order(StringComparer.Ordinal),
            _folder.Passwords.Keys.Order(StringComparer.Ordinal));
        Assert.All(_folder.Passwords, user => Assert.True(user.Key == "320404004204" || before[user.Key] == user.Value));
        Assert.DoesNotContain(Enterprise, File.ReadAllText(_folder.In("rabbitmq", BrokerFiles.DefinitionsFile)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_fewer_levels_keeps_the_passwords_of_the_others_for_another_time()
    {
        await MakeAsync();
        var before = _folder.Passwords;
        await MakeAsync("--levels", "village", "--services", "xilin-worker");
        Assert.Equal(before.OrderBy(user => user.Key), _folder.Passwords.OrderBy(user => user.Key));
        var definitions = File.ReadAllText(_folder.In("rabbitmq", BrokerFiles.DefinitionsFile));
        Assert.Contains(Village, definitions, StringComparison.Ordinal);
        Assert.DoesNotContain(Enterprise, definitions, StringComparison.Ordinal);
        Assert.DoesNotContain("xilin-staff", definitions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_no_password_and_writes_files_that_only_their_owner_can_read()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync());
        Assert.All(_folder.Passwords.Values,
            password => Assert.DoesNotContain(password, first.Output + first.Errors + second.Output + second.Errors,
                StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(owner, File.GetUnixFileMode(_folder.In("secret", "passwords.csv")));
            Assert.Equal(owner, File.GetUnixFileMode(_folder.In("rabbitmq", BrokerFiles.DefinitionsFile)));
        }
    }

    [Fact]
    public async Task Leaves_a_password_file_alone_that_it_cannot_read()
    {
        await MakeAsync();
        const string broken = "user,password\n320404004201,secret-one\n320404004202 secret-two\n";
        File.WriteAllText(_folder.In("secret", "passwords.csv"), broken);
        var said = await _folder.GenerateAsync("--catalogue", AdminProgram.Catalogue, "--lang", "en");
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("Line 3 of the password file", said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-two", said.Errors, StringComparison.Ordinal);
        Assert.Equal(broken, File.ReadAllText(_folder.In("secret", "passwords.csv")));
    }

    [Theory]
    [InlineData("repository/passwords.csv", "rabbitmq")]
    [InlineData("secret/passwords.csv", "repository/deploy")]
    public async Task Puts_no_secret_into_a_repository(string passwords, string output)
    {
        Directory.CreateDirectory(_folder.In("repository", ".git"));
        var said = await AdminProgram.RunAdminAsync("broker", "--catalogue", AdminProgram.Catalogue, "--out", _folder.In(output),
            "--passwords", _folder.In(passwords), "--lang", "en");
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("is in the git working tree", said.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In(passwords)));
        Assert.False(File.Exists(_folder.In(output, BrokerFiles.DefinitionsFile)));
    }

    [Fact]
    public async Task For_a_part_of_the_tree_gives_its_workers_an_intake_of_their_own()
    {
        await MakeAsync("--intake", "32.04.04.004.#", "32.04.04.005.#");
        var definitions = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_folder.In("rabbitmq", BrokerFiles.DefinitionsFile)))!;
        var bindings = definitions["bindings"]!.AsArray().Where(binding => (string?)binding!["source"] == "xilin.intake")
            .Select(binding => (Queue: (string)binding!["destination"]!, Key: (string)binding["routing_key"]!)).ToList();
        Assert.Equal(
            [("xilin.worker.intake.32.04.04.004", "32.04.04.004.#"), ("xilin.worker.intake.32.04.04.005", "32.04.04.005.#")],
            bindings.Where(binding => binding.Key.EndsWith('#')));
        Assert.Contains(("xilin.worker.intake.32.04.04.004", Enterprise), bindings);
        Assert.Contains(("xilin.worker.intake.32.04.04.005", "320404005000"), bindings);
        Assert.Equal(bindings.Select(binding => binding.Key).Distinct(), bindings.Select(binding => binding.Key));
    }

    [Fact]
    public async Task For_other_parts_of_the_tree_names_the_intake_queues_that_no_one_reads_any_more()
    {
        const string whole = "rabbitmqctl delete_queue -p xilin xilin.worker.intake\n";
        const string part = "rabbitmqctl delete_queue -p xilin xilin.worker.intake.32.04.04.004\n";
        Assert.DoesNotContain("delete_queue", (await MakeAsync()).Output, StringComparison.Ordinal);
        var divided = (await MakeAsync("--intake", "32.04.04.004.#", "--lang", "en")).Output.ReplaceLineEndings("\n");
        Assert.Contains(whole, divided, StringComparison.Ordinal);
        Assert.Contains("refuses those of all offices", divided, StringComparison.Ordinal);
        Assert.DoesNotContain(part, divided, StringComparison.Ordinal);
        var other = (await MakeAsync("--intake", "32.04.04.005.#")).Output.ReplaceLineEndings("\n");
        Assert.Contains(whole, other, StringComparison.Ordinal);
        Assert.Contains(part, other, StringComparison.Ordinal);
        Assert.DoesNotContain("delete_queue", (await MakeAsync("--intake", "#", "32.04.04.005.#")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_faulty_catalogue_names_the_faults_and_writes_nothing()
    {
        EditUnits(lines => [.. lines, "320404004204,新村,New Village,hamlet,320404004000,2023-01,,,no"]);
        var said = await _folder.GenerateAsync("--catalogue", _folder.In("catalogue"));
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("units.csv:91 kind", said.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("rabbitmq")));
    }

    private async Task<ProgramResult> MakeAsync(params string[] arguments)
    {
        CopyCatalogue();
        return (await _folder.GenerateAsync(["--catalogue", _folder.In("catalogue"), .. arguments])).AssertSucceeded();
    }

    private void EditUnits(Func<string[], IEnumerable<string>> edit)
    {
        CopyCatalogue();
        File.WriteAllLines(_folder.In("catalogue", Units), edit(File.ReadAllLines(_folder.In("catalogue", Units))));
    }

    private void CopyCatalogue()
    {
        if (!Directory.Exists(_folder.In("catalogue")))
        {
            Directory.CreateDirectory(_folder.In("catalogue"));
            foreach (var file in Directory.EnumerateFiles(AdminProgram.Catalogue, "*.csv"))
            {
                File.Copy(file, _folder.In("catalogue", Path.GetFileName(file)));
            }
        }
    }
}
