using System.Runtime.Versioning;

namespace XilinIngest.Deploy.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class The_scripts
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(ComposeFile.Folder, "*.sh", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(ComposeFile.Folder, file))];

    [Theory, MemberData(nameof(Files))]
    public async Task Are_read_by_the_shell_that_they_name(string file)
    {
        var path = Path.Combine(ComposeFile.Folder, file);
        Assert.Equal("#!/bin/sh", (await File.ReadAllLinesAsync(path))[0]);
        await ProgramRunner.RunAsync("/bin/sh", ["-n", path]);
        Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute), $"{file} cannot be run.");
    }

    [Theory, InlineData("east"), InlineData("32.04.04;32.04.05"), InlineData("32.04.04 cube'--")]
    public async Task Take_nothing_for_a_partition_that_is_no_path(string partitions)
    {
        var (exitCode, said) = await ProgramRunner.TryAsync(Path.Combine(ComposeFile.Folder, "compose", "postgresql.sh"), ["rights"],
            ("XILIN_PARTITIONS", partitions), ("SECRETS", Path.GetTempPath()), ("PGHOST", "127.0.0.1"), ("PGPORT", "1"));
        Assert.Equal(1, exitCode);
        Assert.Contains("is no path", said, StringComparison.Ordinal);
    }

    [RequiresProgram("shellcheck"), MemberData(nameof(Files))]
    public Task Have_nothing_that_shellcheck_finds(string file) =>
        ProgramRunner.RunAsync("shellcheck", [Path.Combine(ComposeFile.Folder, file)]);
}
