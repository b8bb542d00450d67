using System.Diagnostics;

namespace XilinIngest.TestFixtures;

/// <summary>Runs a program to its end, as an operator does.</summary>
public static class ProgramRunner
{
    /// <summary>Runs a program that is to end with 0.</summary>
    /// <returns>What it said.</returns>
    public static Task<string> RunAsync(
        string program, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment) =>
        TryAsync(program, arguments, environment).ContinueWith(done => done.Result.ExitCode == 0
            ? done.Result.Said
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {done.Result.ExitCode}: {done.Result.Said}"), TaskScheduler.Default);

    /// <summary>Runs a program, and returns how it ended and what it said, standard output first.</summary>
    public static async Task<(int ExitCode, string Said)> TryAsync(
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
    public static string? Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
