using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using XilinIngest.Hosting.Observability;

namespace XilinIngest.Hosting;

/// <summary>
/// Binds and validates the options of a service before anything else starts. The settings come from the environment, the command line,
/// <c>appsettings.json</c> and secret files. The faults of all options are reported together, each with its setting, reason and remedy.
/// </summary>
/// <param name="configuration">The settings.</param>
public sealed class StartupOptions(IConfiguration configuration)
{
    private readonly List<string> _faults = [];

    /// <summary>Whether any options bound so far have a fault.</summary>
    internal bool HasFaults => _faults.Count > 0;

    /// <summary>Binds sections of the settings to options, and keeps the faults that the validator finds.</summary>
    /// <param name="validator">Validates the options.</param>
    /// <param name="sections">The sections, such as <c>Http</c>.</param>
    internal T Bind<T>(IValidateOptions<T> validator, params IEnumerable<string> sections)
        where T : class, new()
    {
        var options = new T();
        foreach (var section in sections)
        {
            configuration.GetSection(section).Bind(options);
        }

        if (validator.Validate(name: null, options) is { Failed: true, Failures: { } failures })
        {
            _faults.AddRange(failures);
        }

        return options;
    }

    /// <summary>A setting that accepts any value.</summary>
    internal string? Read(string key) => configuration[key];

    /// <summary>Adds a fault that another service reported.</summary>
    internal void AddFault(string zh, string en) => _faults.Add(SettingFaults.Join(zh, en));

    /// <summary>Prints all faults.</summary>
    /// <returns>Whether there are any.</returns>
    public bool ReportFaults(ServiceConsole console)
    {
        foreach (var (zh, en) in FindFaults())
        {
            console.Fail(zh, en);
        }

        return HasFaults;
    }

    /// <summary>All faults of what was bound so far, each with its setting, reason and remedy, in Chinese and English.</summary>
    public IReadOnlyList<(string Zh, string En)> FindFaults()
    {
        CheckSecretFolder();
        CheckKestrelEndpoints();
        _faults.AddRange(ObservabilityOptions.FindFaults(configuration));
        return [.. _faults.Distinct().Select(SettingFaults.Split)];
    }

    // Printed first: an unreadable folder may be the reason why other settings are missing.
    private void CheckSecretFolder()
    {
        if (SecretFiles.FindFault(configuration) is not { } fault)
        {
            return;
        }

        var (name, folder) = (SettingFaults.EnvironmentName(SecretFiles.Setting), configuration[SecretFiles.Setting]);
        _faults.Insert(0, SettingFaults.Join(
            $"设置 {name} 的文件夹 {folder} 无法读取：{fault}。请写成存有设置文件（文件名同环境变量名）的文件夹，"
            + "并让本服务的用户能读取其中的文件；不用的，删去此设置。",
            $"Setting {name}: the folder {folder} cannot be read: {fault}. Name a folder of files, called as in the environment, "
            + "and let the service's user read them; or take the setting out."));
    }

    private void CheckKestrelEndpoints()
    {
        if (configuration.GetSection("Kestrel").GetSection("Endpoints").GetChildren().Any())
        {
            AddFault(
                "设置 Kestrel__Endpoints 不起作用：本服务只在 Http__Address 和 Http__Port 所定的一处监听，未设登录时仅限本机。"
                + "请改用这两项设置，并删去 Kestrel__Endpoints。",
                "Setting Kestrel__Endpoints has no effect: the service listens where Http__Address and Http__Port say and nowhere else, "
                + "and without sign-in on this machine alone. Use these two, and take Kestrel__Endpoints out.");
        }
    }
}
