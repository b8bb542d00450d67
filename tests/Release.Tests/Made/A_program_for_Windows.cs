using System.Reflection.PortableExecutable;

namespace XilinIngest.Release.Tests.Made;

/// <summary>What can be said of the files for Windows without running them.</summary>
[Trait("suite", "long")]
public sealed class A_program_for_Windows(MadeRelease release) : IClassFixture<MadeRelease>
{
    [OnAReleaseFact("win-x64")]
    public async Task Is_a_console_program_for_x64_with_an_icon_that_carries_its_assemblies_and_the_runtime()
    {
        foreach (var (name, assembly) in new[] { ("xilin", "xilin.dll"), ("xilin-standalone", "XilinIngest.Standalone.dll") })
        {
            var folder = release.Unpack($"{name}-{release.Version}-win-x64.zip");
            var program = await File.ReadAllBytesAsync(Path.Combine(folder, $"{name}.exe"));
            var headers = new PEReader(new MemoryStream(program)).PEHeaders;
            Assert.Equal((Machine.Amd64, Subsystem.WindowsCui), (headers.CoffHeader.Machine, headers.PEHeader!.Subsystem));
            Assert.True(headers.PEHeader.ResourceTableDirectory.Size > 2000, "It has no icon.");

            var carried = SingleFileBundle.Read(program);
            Assert.Superset(new HashSet<string> { assembly, "System.Private.CoreLib.dll", $"{assembly[..^4]}.runtimeconfig.json" },
                carried.ToHashSet());
            Assert.DoesNotContain(carried, file => file.EndsWith(".pdb", StringComparison.Ordinal));
        }
    }

    [OnAReleaseFact("win-x64")]
    public void Has_its_native_libraries_catalogue_and_commands_beside_it()
    {
        var folder = release.Unpack($"xilin-standalone-{release.Version}-win-x64.zip");
        foreach (var file in new[] { "e_sqlite3.dll", "Microsoft.Data.SqlClient.SNI.dll" })
        {
            using var library = new PEReader(File.OpenRead(Path.Combine(folder, file)));
            Assert.Equal(Machine.Amd64, library.PEHeaders.CoffHeader.Machine);
        }

        Assert.All(new[] { "catalogue/units.csv", "install-service.cmd", "remove-service.cmd", "start.cmd", "start-icon.cmd", "LICENSE" },
            file => Assert.True(File.Exists(Path.Combine(folder, file)), file));
        Assert.All(Directory.GetFiles(folder, "*.cmd"), file => Assert.Equal(
            File.ReadAllText(file).Count(letter => letter == '\n'), File.ReadAllText(file).Split("\r\n").Length - 1));
    }
}
