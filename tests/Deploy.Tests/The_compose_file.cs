using System.Text.RegularExpressions;

namespace XilinIngest.Deploy.Tests;

/// <summary>compose.yaml alone, and with compose.cluster.yaml over it.</summary>
public sealed partial class The_compose_file
{
    public static TheoryData<string, string> Services
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (kind, file) in ComposeFile.All)
            {
                foreach (var name in file.Services.Keys)
                {
                    data.Add(kind, name);
                }
            }

            return data;
        }
    }

    [Theory]
    [InlineData("base")]
    [InlineData("cluster", "aggregator-third", "migrate-membership")]
    public void Has_the_services_of_the_system(string kind, params string[] more) => Assert.Equal(
        new[] { "aggregator", "aggregator-standby", "broker", "dashboard", "migrate", "notifier", "postgres", "postgres-rights",
            "sqlserver", "sqlserver-databases", "sqlserver-rights", "worker-1", "worker-2" }.Concat(more).Order(StringComparer.Ordinal),
        ComposeFile.All[kind].Services.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Services))]
    public void Lets_no_service_be_root_or_write_but_to_its_volumes(string kind, string name)
    {
        var service = ComposeFile.All[kind].Services[name].Settings;
        Assert.Matches("^[1-9][0-9]*:[0-9]+$", service.Text("user"));
        Assert.Equal("true", service.Text("read_only"));
        Assert.Equal(["ALL"], service.List("cap_drop"));
        Assert.Equal(name == "sqlserver" ? ["NET_BIND_SERVICE"] : [], service.List("cap_add"));
        Assert.Equal(["no-new-privileges:true"], service.List("security_opt"));
        Assert.Null(service.Text("privileged"));
    }

    [Theory, MemberData(nameof(Services))]
    public void Limits_what_a_service_takes(string kind, string name)
    {
        var service = ComposeFile.All[kind].Services[name].Settings;
        Assert.Matches("^[0-9]+[mg]$", service.Text("mem_limit"));
        Assert.Matches("^[0-9.]+$", service.Text("cpus"));
        Assert.Matches("^[0-9]+$", service.Text("pids_limit"));
        Assert.Contains("max-size", service.Child("logging")["options"] as Dictionary<object, object?> ?? []);
    }

    [Theory, MemberData(nameof(Services))]
    public void Names_the_version_of_every_image(string kind, string name)
    {
        var image = ComposeFile.All[kind].Services[name].Settings.Text("image")!;
        Assert.Matches("^[a-z0-9./-]+:[0-9][A-Za-z0-9.-]*$", image);
    }

    [Theory, MemberData(nameof(Services))]
    public void Asks_how_a_service_is_and_waits_for_what_ends(string kind, string name)
    {
        var service = ComposeFile.All[kind].Services[name];
        Assert.Equal(service.IsOneShot, service.Settings.Child("healthcheck").Count == 0);
        foreach (var (on, how) in service.Settings.Child("depends_on"))
        {
            var condition = new YamlMap((Dictionary<object, object?>)how!);
            var other = ComposeFile.All[kind].Services[(string)on];
            Assert.Equal(other.IsOneShot ? "service_completed_successfully" : "service_healthy",
                condition.Text("condition"));

            // What a profile leaves out must not keep others from starting.
            Assert.Equal(other.Settings.List("profiles").Except(service.Settings.List("profiles")).Any(),
                condition.Text("required") == "false");
        }
    }

    [Theory, MemberData(nameof(Services))]
    public void Opens_ports_on_this_machine_alone(string kind, string name)
    {
        Assert.All(ComposeFile.All[kind].Services[name].Settings.List("ports"),
            port => Assert.StartsWith("127.0.0.1:", (string)port, StringComparison.Ordinal));
        Assert.NotEqual("host", ComposeFile.All[kind].Services[name].Settings.Text("network_mode"));
    }

    [Theory, MemberData(nameof(Services))]
    public void Has_no_password_in_the_environment(string kind, string name)
    {
        Assert.All(ComposeFile.All[kind].Services[name].Environment, setting =>
        {
            Assert.DoesNotContain("ConnectionStrings", setting.Key, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("(?i)password ?=|://[^/]*:[^/]*@", setting.Value);
            Assert.True(!Secret().IsMatch(setting.Key) || setting.Value.StartsWith("/run/secrets", StringComparison.Ordinal), setting.Key);
        });
    }

    [Theory, MemberData(nameof(Services))]
    public void Names_only_what_there_is(string kind, string name)
    {
        var service = ComposeFile.All[kind].Services[name];
        Assert.All(service.Secrets, secret => Assert.Contains(secret.Source, ComposeFile.All[kind].SecretFiles));
        Assert.NotEmpty(service.Networks);
        Assert.All(service.Networks.Keys, network => Assert.Contains(network, ComposeFile.All[kind].NamesOf("networks")));
        Assert.All(service.Settings.List("volumes"), volume =>
        {
            var source = ((string)volume).Split(':')[0];
            Assert.True(source == $"{ComposeFile.Variables["XILIN_SECRETS"]}/access" || source.StartsWith('.')
                ? source[0] == '/' || Path.Exists(Path.Combine(ComposeFile.Folder, source))
                    : ComposeFile.All[kind].NamesOf("volumes").Contains(source), source);
        });
        if (service.IsBuiltHere)
        {
            Assert.All(service.Environment.Keys, setting => Assert.Contains(setting, KnownSettings.Settings));
            Assert.True(File.Exists(service.Dockerfile));
            Assert.Equal($"xilin-{Path.GetFileName(service.Dockerfile).Split('.')[0]}:{ComposeFile.Variables["XILIN_VERSION"]}",
                service.Settings.Text("image"));
        }
    }

    [Theory, InlineData("base"), InlineData("cluster")]
    public void Uses_every_secret_that_it_names(string kind) => Assert.Equal(
        ComposeFile.All[kind].SecretFiles.Keys.Order(StringComparer.Ordinal),
        ComposeFile.All[kind].Services.Values.SelectMany(service => service.Secrets)
            .Select(secret => secret.Source).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Builds_from_the_images_that_the_Dockerfiles_name() => Assert.All(Dockerfile.All, file =>
    {
        Assert.Equal(ComposeFile.Variables["SDK_IMAGE"], file.Arguments["SDK_IMAGE"]);
        Assert.Equal(ComposeFile.Variables["RUNTIME_IMAGE"], file.Arguments["RUNTIME_IMAGE"]);
    });

    [GeneratedRegex("(?i)password|secret|key|token|passwd")]
    private static partial Regex Secret();
}
