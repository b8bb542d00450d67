using System.Text.RegularExpressions;

namespace XilinIngest.Deploy.Tests;

public sealed class A_unit : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-units-").FullName;

    public static TheoryData<string> Files => [.. SystemdUnit.Files];

    [Theory, MemberData(nameof(Files))]
    public void Is_a_user_of_its_own_that_may_do_little(string file)
    {
        var unit = new SystemdUnit(file);
        Assert.Contains($"u {unit.SingleValue("User")} -", File.ReadAllText(Path.Combine(SystemdUnit.Folder, "xilin.sysusers.conf")),
            StringComparison.Ordinal);
        foreach (var directive in new[] { "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables",
            "ProtectKernelModules", "ProtectControlGroups", "RestrictSUIDSGID", "LockPersonality" })
        {
            Assert.Equal("yes", unit.SingleValue(directive));
        }

        Assert.Equal("strict", unit.SingleValue("ProtectSystem"));
        Assert.Equal("", unit.SingleValue("CapabilityBoundingSet"));
        Assert.Equal("0077", unit.SingleValue("UMask"));
        Assert.Matches("^[0-9]+[MG]$", unit.SingleValue("MemoryMax"));
    }

    [Theory, MemberData(nameof(Files))]
    public void Is_started_again_and_keeps_its_data_to_itself(string file)
    {
        var unit = new SystemdUnit(file);
        if (unit.SingleValue("Type") == "oneshot")
        {
            Assert.Empty(unit.Values("StateDirectory"));
            return;
        }

        Assert.Equal("on-failure", unit.SingleValue("Restart"));

        // However long what it needs is away.
        Assert.Equal("0", unit.SingleValue("StartLimitIntervalSec"));
        Assert.Equal("0700", unit.SingleValue("StateDirectoryMode"));
        Assert.Equal(unit.SingleValue("User"), unit.SingleValue("StateDirectory"));
    }

    [Theory, MemberData(nameof(Files))]
    public void Starts_a_program_that_there_is_with_settings_that_it_reads(string file)
    {
        var unit = new SystemdUnit(file);
        Assert.True(File.Exists(unit.Command.Program), unit.Command.Program);
        Assert.All(unit.Environment.Where(setting => !KnownSettings.IsRuntime(setting.Name)),
            setting => Assert.Contains(setting.Name, KnownSettings.Settings));
        Assert.DoesNotContain(unit.Environment, setting => setting.Name.StartsWith("ConnectionStrings", StringComparison.Ordinal));
        Assert.All(unit.Values("LoadCredential"), credential =>
        {
            var setting = credential.Split(':')[0];
            Assert.Contains(setting, KnownSettings.Settings);
            Assert.Equal($"{setting}:/etc/xilin/{file.Split('@', '.')[0]}/{setting}", credential);
        });
    }

    [Fact]
    public void Has_its_program_where_the_page_puts_it()
    {
        var page = File.ReadAllText(Path.Combine(SystemdUnit.Folder, "README.md"));
        foreach (var unit in SystemdUnit.Files.Select(file => new SystemdUnit(file)))
        {
            var project = new DirectoryInfo(unit.Command.Program).Parent!.Parent!.Parent!.Parent!.Name;
            Assert.Matches($"[ ]{Regex.Escape(project)}:{Regex.Escape(unit.SingleValue("ExecStart").Split('/')[3])}[ ;]", page);
        }
    }

    /// <summary>Copies that name the programs built here: verify looks whether they can be run.</summary>
    [RequiresProgram("systemd-analyze"), MemberData(nameof(Files))]
    public async Task Is_understood_by_systemd_and_exposes_little(string file)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "xilin-.service.d"));
        File.Copy(Path.Combine(SystemdUnit.Folder, "xilin-.service.d", "hardening.conf"),
            Path.Combine(_folder, "xilin-.service.d", "hardening.conf"));
        var unit = new SystemdUnit(file);
        var copy = Path.Combine(_folder, file);
        await File.WriteAllTextAsync(copy,
            (await File.ReadAllTextAsync(Path.Combine(SystemdUnit.Folder, file))).Replace(unit.SingleValue("ExecStart").Split(' ')[0],
                unit.Command.Program, StringComparison.Ordinal));
        Assert.Equal("", await ProgramRunner.RunAsync("systemd-analyze", ["verify", "--man=no", copy]));

        // 2.0 of 10; an unknown directive would be a word of verify's, one that is left out shows here.
        var (exitCode, said) =
            await ProgramRunner.TryAsync("systemd-analyze", ["security", "--offline=yes", "--threshold=20", "--no-pager", copy]);
        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public async Task Of_the_one_process_starts_it()
    {
        var (program, arguments) = new SystemdUnit("xilin-standalone.service").Command;
        string[] here =
            [.. arguments.Select(argument => argument.Replace("/var/lib/xilin", Path.Combine(_folder, "data"), StringComparison.Ordinal)
            .Replace("/etc/xilin/catalogue", Path.Combine(RepositoryFiles.Root, "catalogue"), StringComparison.Ordinal)
            .Replace("5080", "0", StringComparison.Ordinal))];
        Assert.Contains(Path.Combine(_folder, "data"), here);
        Assert.Equal("XilinIngest.Standalone", Path.GetFileName(program));
        using var service = new ServiceProcess("Standalone", here);
        var address = await service.ServingAsync();
        await service.WaitUntilReadyAsync();
        Assert.Equal((0, "Healthy\n"), await ProgramRunner.TryAsync(program, ["--probe", "--port", $"{address.Port}"]));
        service.Terminate();
        Assert.Equal(0, await service.ExitAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
