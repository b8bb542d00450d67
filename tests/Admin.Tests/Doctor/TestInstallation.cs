using Microsoft.Extensions.Configuration;
using XilinIngest.Admin.Doctor;
using XilinIngest.Admin.Installations;

namespace XilinIngest.Admin.Tests.Doctor;

internal static class TestInstallation
{
    /// <summary>Services of their own, whose settings are these.</summary>
    internal static Installation Read(IEnumerable<(string Name, string Value)> settings) => Installation.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(
            setting.Name.Replace("__", ":", StringComparison.Ordinal), setting.Value))).Build(),
        dataFolder: null);
}
