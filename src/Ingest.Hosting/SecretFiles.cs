using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace XilinIngest.Hosting;

/// <summary>
/// Settings from a folder of files, one each, called as in the environment (<c>ConnectionStrings__Ledger</c>): as containers and
/// systemd hand out secrets, so that no password stands in the environment, which more programs can read.
/// </summary>
public static class SecretFiles
{
    internal const string Setting = "Secrets:Folder";

    /// <summary>Reads the folder that <c>Secrets:Folder</c> names, if it does. A file goes before what the sources so far say.</summary>
    /// <param name="configuration">Whose sources so far may name the folder. That it cannot be read is a fault of <see cref="StartupOptions"/>.</param>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder configuration) =>
        (configuration as IConfiguration ?? configuration.Build())[Setting] is { Length: > 0 } folder ? configuration.Add(new SecretFolderSource(folder)) : configuration;

    /// <summary>Why the folder cannot be read; null: it can, or none is named.</summary>
    internal static string? FindFault(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.OfType<SecretFolderProvider>().Select(folder => folder.Fault).FirstOrDefault(fault => fault is not null);

    private sealed class SecretFolderSource(string folder) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) =>
            new SecretFolderProvider(new KeyPerFileConfigurationSource { FileProvider = Directory.Exists(folder) ? new PhysicalFileProvider(Path.GetFullPath(folder)) : null });
    }

    // A fault is kept: all that is wrong with the settings is told at once.
    private sealed class SecretFolderProvider(KeyPerFileConfigurationSource source) : KeyPerFileConfigurationProvider(source)
    {
        private readonly bool _exists = source.FileProvider is not null;

        public string? Fault { get; private set; }

        public override void Load()
        {
            if (!_exists)
            {
                Fault = "no such folder";
                return;
            }

            try
            {
                base.Load();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Fault = exception.Message;
            }
        }
    }
}
