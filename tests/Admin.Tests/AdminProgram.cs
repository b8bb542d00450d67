using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace XilinIngest.Admin.Tests;

/// <summary>The committed files, and the command as it was built beside this assembly.</summary>
internal static class AdminProgram
{
    internal static readonly string Root = FindRoot(AppContext.BaseDirectory);
    internal static readonly string Catalogue = Path.Combine(Root, "catalogue");

    // Same configuration and framework as the tests: …/bin/Release/net10.0.
    internal static readonly string Program = Path.Combine(
        [Root, "src", "Admin", .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..],
            "xilin-admin.dll"]);

    /// <summary>Gives the command, as a person would.</summary>
    internal static Task<ProgramResult> RunAdminAsync(params string[] arguments) => RunAsync("dotnet", [Program, .. arguments], Root);

    /// <summary>Gives the command with settings in the environment.</summary>
    internal static Task<ProgramResult> RunAdminAsync((string Name, string Value)[] environment, params string[] arguments) =>
        RunAsync("dotnet", [Program, .. arguments], Root, environment);

    /// <summary>JSON as a person reads it, without escapes.</summary>
    internal static string Readable(JsonNode json) => json.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    internal static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end. It said: {await output} {await errors}");
        }

        return new ProgramResult(process.ExitCode, await output, await errors);
    }

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "XilinIngest.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No XilinIngest.sln above {from}: run the tests from within the repository.");
    }
}

/// <summary>How a program ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    internal ProgramResult AssertSucceeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Output} {Errors}");
        return this;
    }
}

/// <summary>A folder outside the repository, gone with the test.</summary>
internal sealed class GeneratedFilesFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-admin-").FullName;

    internal string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>The password file, read.</summary>
    internal Dictionary<string, string> Passwords =>
        File.ReadLines(In("secret", "passwords.csv"))
        .Skip(1).Select(line => line.Split(',')).ToDictionary(pair => pair[0], pair => pair[1]);

    internal Task<ProgramResult> GenerateAsync(params string[] arguments) =>
        AdminProgram.RunAdminAsync(["broker", "--out", In("rabbitmq"), "--passwords", In("secret", "passwords.csv"), .. arguments]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
