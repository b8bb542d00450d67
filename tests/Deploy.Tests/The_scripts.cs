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

    [RequiresProgram("shellcheck"), MemberData(nameof(Files))]
    public Task Have_nothing_that_shellcheck_finds(string file) =>
        ProgramRunner.RunAsync("shellcheck", [Path.Combine(ComposeFile.Folder, file)]);
}
