using System.Runtime.Versioning;

namespace XilinIngest.Deploy.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class The_scripts
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Compose.Folder, "*.sh", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Compose.Folder, file))];

    [Theory, MemberData(nameof(Files))]
    public async Task Are_read_by_the_shell_that_they_name(string file)
    {
        var path = Path.Combine(Compose.Folder, file);
        Assert.Equal("#!/bin/sh", (await File.ReadAllLinesAsync(path))[0]);
        await Shell.RunAsync("/bin/sh", ["-n", path]);
        Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute), $"{file} cannot be run.");
    }

    [Needs("shellcheck"), MemberData(nameof(Files))]
    public Task Have_nothing_that_shellcheck_finds(string file) => Shell.RunAsync("shellcheck", [Path.Combine(Compose.Folder, file)]);
}
