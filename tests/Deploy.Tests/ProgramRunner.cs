using System.Diagnostics;

namespace XilinIngest.Deploy.Tests;

/// <summary>Runs a program to its end, as an operator does.</summary>
internal static class ProgramRunner
{
    internal static Task<string> RunAsync(
        string program, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment) =>
        TryAsync(program, arguments, environment).ContinueWith(done => done.Result.ExitCode == 0
            ? done.Result.Said
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {done.Result.ExitCode}: {done.Result.Said}"), TaskScheduler.Default);

    internal static async Task<(int ExitCode, string Said)> TryAsync(
        string program, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath()
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    /// <summary>Where a program is; null: it is not installed.</summary>
    internal static string? Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    internal static string Admin { get; } = Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf("Admin"))!, "xilin-admin.dll");
}

/// <summary>A test that needs a program: skipped where it is not installed, and the report says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresProgramAttribute : TheoryAttribute
{
    public RequiresProgramAttribute(string program) => Skip = ProgramRunner.Find(program) is null ? $"{program} is not installed." : null;
}
