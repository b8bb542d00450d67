using System.Diagnostics;

namespace XilinIngest.TabularFiles.Tests;

/// <summary>Prints files by LibreOffice.</summary>
internal static class LibreOffice
{
    /// <summary>The file as PDF.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">A folder of the caller alone.</param>
    public static async Task<byte[]> PrintAsync(string file, string folder)
    {
        // A profile of its own: two at once would wait for each other.
        using var process = Process.Start(new ProcessStartInfo("soffice",
            [$"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(timeout.Token);
        var pdf = Path.ChangeExtension(file, ".pdf");
        Assert.True(File.Exists(pdf), $"{await output}\n{await errors}");
        return await File.ReadAllBytesAsync(pdf);
    }
}
