using System.Diagnostics;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>Needs LibreOffice; where it is missing, the test says so and is skipped.</summary>
internal sealed class LibreOfficeFactAttribute : FactAttribute
{
    public LibreOfficeFactAttribute() =>
        Skip = SpreadsheetPrograms.LibreOffice is null ? "LibreOffice is missing: apt-get install libreoffice-calc" : null;
}

/// <summary>Programs that open a form and save it again.</summary>
internal static class SpreadsheetPrograms
{
    internal static string? LibreOffice =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "soffice")).FirstOrDefault(File.Exists);

    /// <summary>Saved by LibreOffice as it is.</summary>
    internal static async Task<string> ConvertByLibreOfficeAsync(string file, string folder)
    {
        Directory.CreateDirectory(folder);

        // A profile of its own: two at once would wait for each other.
        await RunAsync(LibreOffice!,
            [$"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
                folder, file], folder);
        return Path.Combine(folder, Path.GetFileName(file));
    }

    /// <summary>The folder in which exceljs is installed, as its lock file says.</summary>
    internal static async Task<string> ExceljsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "tests", "Ingest.Client.Tests", "Forms", "exceljs")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
        return folder;
    }

    /// <summary>Opened by exceljs, a cell filled in, saved.</summary>
    internal static Task FillByExceljsAsync(string folder, string from, string to, string cell, string value) =>
        RunAsync("node", ["fill.js", from, to, cell, value], folder);

    private static async Task RunAsync(string program, string[] arguments, string folder)
    {
        using var process =
            Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = folder
                })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(timeout.Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode}\n{await output}\n{await errors}");
    }
}
