using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace XilinIngest.Hosting;

/// <summary>
/// Reads settings from a folder with one file for each, named as in the environment (<c>ConnectionStrings__Ledger</c>). Containers and
/// systemd provide secrets in this form, so that the environment, which more programs can read, holds no password.
/// </summary>
public static class SecretFiles
{
    internal const string Setting = "Secrets:Folder";

    /// <summary>
    /// Adds the folder that <c>Secrets:Folder</c> names, if there is one. A file takes precedence over the earlier sources.
    /// </summary>
    /// <param name="configuration">The earlier sources, which may name the folder. <see cref="StartupOptions"/> reports a folder that
    /// cannot be read.</param>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder configuration) =>
        (configuration as IConfiguration ?? configuration.Build())[Setting] is { Length: > 0 } folder
            ? configuration.Add(new SecretFolderSource(folder)) : configuration;

    /// <summary>Why the folder cannot be read; null: it can be read, or none is named.</summary>
    internal static string? FindFault(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.OfType<SecretFolderProvider>()
        .Select(folder => folder.Fault).FirstOrDefault(fault => fault is not null);

    private sealed class SecretFolderSource(string folder) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) =>
            new SecretFolderProvider(
                new KeyPerFileConfigurationSource
                {
                    FileProvider = Directory.Exists(folder)
                    ? new PhysicalFileProvider(Path.GetFullPath(folder)) : null
                });
    }

    // The fault is kept and reported together with the faults of other settings.
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
