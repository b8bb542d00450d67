using System.Runtime.Versioning;

namespace XilinIngest.Deploy.Tests;

/// <summary>Starts the programs of a compose file without containers, with the settings, secrets and probes that stand there.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ComposeProcesses(ComposeFile compose, ComposeSecrets secrets, string data, string catalogue)
{
    /// <summary>As compose does: a file for each secret, called as the file says, which no one can write.</summary>
    /// <returns>The folder that stands for <c>/run/secrets</c>.</returns>
    internal string Mount(string name, Func<string, string> here)
    {
        var service = compose.Services[name];
        var folder = Directory.CreateDirectory(Path.Combine(data, service.Name)).FullName;
        foreach (var (source, file) in service.Secrets)
        {
            var path = Path.Combine(folder, Path.GetFileName(file));
            File.WriteAllText(path, here(File.ReadAllText(secrets.In(compose.SecretFiles[source]))));
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        }

        if (service.Settings.List("volumes").Contains($"{ComposeFile.Variables["XILIN_SECRETS"]}/access:/run/secrets/access:ro"))
        {
            File.Copy(secrets.In("access/access-keys.json"),
                Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "access")).FullName, "access-keys.json"));
        }

        return folder;
    }

    internal IEnumerable<(string Name, string Value)> Settings(string service, string folder) =>
        new Dockerfile(compose.Services[service].Dockerfile).Environment
        .Where(setting => !compose.Services[service].Environment.ContainsKey(setting.Key)).Concat(compose.Services[service].Environment)
        .Select(setting => (setting.Key, setting.Key switch
        {
            "Http__Address" or "Cluster__Address" => "127.0.0.1",
            "Http__Port" => "0",
            "Catalogue__Folder" => catalogue,
            "Access__Folder" => data,
            _ => setting.Value.Replace("/run/secrets", folder, StringComparison.Ordinal),
        }));

    internal ServiceProcess Start(string service, string folder, params IEnumerable<(string Name, string Value)> here) => new(
        Path.GetFileName(new Dockerfile(compose.Services[service].Dockerfile).Project),
        Settings(service, folder).Where(setting => here.All(own => own.Name != setting.Name)).Concat(here));

    /// <summary>Runs a service that ends by itself, with the command that stands there.</summary>
    internal Task<string> RunAsync(string service, string folder) => ProgramRunner.RunAsync("dotnet",
        [new Dockerfile(compose.Services[service].Dockerfile).Program,
            .. compose.Services[service].Settings.List("command").Cast<string>()],
        Settings(service, folder));

    internal async Task<(int ExitCode, string Said)> ProbeAsync(string service, ServiceProcess process)
    {
        string[] check =
            [.. compose.Services[service].Settings.Child("healthcheck")["test"] is List<object> test ? test.Cast<string>() : []];
        Assert.Equal("CMD", check[0]);
        Assert.Equal(new Dockerfile(compose.Services[service].Dockerfile).EntryPoint, check[1..3]);
        return await ProgramRunner.TryAsync(check[1], [new Dockerfile(compose.Services[service].Dockerfile).Program, .. check[3..]],
            [.. Settings(service, Path.Combine(data, service)), ("Http__Port", $"{(await process.ServingAsync()).Port}")]);
    }
}
