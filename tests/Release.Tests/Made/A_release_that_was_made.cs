using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XilinIngest.Release.Tests.Made;

/// <summary>What the README says first, with what was made, in an empty folder.</summary>
[Trait("suite", "long")]
public sealed partial class A_release_that_was_made(MadeRelease release) : IClassFixture<MadeRelease>
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md"));

    [OnAReleaseFact]
    public Task Has_the_hashes_that_it_names() =>
        ProgramRunner.RunAsync("sh", ["-c", $"cd {release.Folder} && sha256sum --check --strict SHA256SUMS"]);

    [OnAReleaseFact(MadeRelease.Runtime)]
    public async Task Runs_the_sample_and_takes_a_submission_over_HTTP_and_from_the_client()
    {
        using var service = new RunningService(release.SingleFile("xilin-standalone"), "--sample", "--port", "0", "--lang", "en");
        var address = await service.ReadyAsync();
        Assert.Contains("1951", service.Said, StringComparison.Ordinal);

        using var client = new HttpClient { BaseAddress = address };
        Assert.Equal(release.Version, (string?)(await client.GetFromJsonAsync<JsonNode>("/health/ready"))!["version"]);
        Assert.Contains($"XilinIngest {release.Version}<", await client.GetStringAsync("/"), StringComparison.Ordinal);

        // The README's own submission.
        using var body = new StringContent(Submission().Match(Readme).Groups[1].Value, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/submissions", body);
        Assert.Equal("accepted", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["verdict"]);

        // The README's own commands of xilin; what is in the form is what was reported, so nothing is new in it.
        var xilin = release.SingleFile("xilin");
        var (server, form) = ($"{address}".TrimEnd('/'), Path.Combine(release.Installed, "form.xlsx"));
        (string, string)[] home = [("HOME", release.Installed), ("XDG_DATA_HOME", release.Installed), ("XILIN_LANG", "en")];
        await ProgramRunner.RunAsync(xilin,
            ["template", "--unit", "320404004201", "--period", "2022-12", "--server", server, "--output", form], home);
        Assert.True(new FileInfo(form).Length > 5000);
        var (_, said) = await ProgramRunner.TryAsync(xilin,
            ["submit", form, "--server", server, "--at", "2023-01-09T09:00:00+08:00"], home);
        Assert.DoesNotContain("xception", said, StringComparison.Ordinal);
    }

    [OnAReleaseFact]
    public async Task Installs_its_tools()
    {
        var tools = Path.Combine(release.Installed, "tools");
        foreach (var (package, tool) in new[] { ("XilinIngest.Client", "xilin"), ("XilinIngest.Admin", "xilin-admin") })
        {
            await ProgramRunner.RunAsync("dotnet",
                ["tool", "install", package, "--tool-path", tools, "--source", release.Folder, "--version", release.Version]);
            Assert.StartsWith($"{release.Version}+", await ProgramRunner.RunAsync(Path.Combine(tools, tool), ["--version"]),
                StringComparison.Ordinal);
            Assert.Contains("--help", await ProgramRunner.RunAsync(Path.Combine(tools, tool), ["--help"]), StringComparison.Ordinal);
        }
    }

    [OnAReleaseFact(MadeRelease.Runtime)]
    public async Task Has_packages_with_which_a_program_submits()
    {
        using var service = new RunningService(release.SingleFile("xilin-standalone"), "--sample", "--port", "0", "--lang", "en");
        var program = Directory.CreateDirectory(Path.Combine(release.Installed, "program")).FullName;
        File.Copy(Path.Combine(RepositoryFiles.Root, "samples", "CSharpClient", "Program.cs"), Path.Combine(program, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(program, "Program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{release.Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="XilinIngest.ClientLibrary" Version="{release.Version}" /></ItemGroup>
            </Project>
            """);
        await ProgramRunner.RunAsync("dotnet", ["build", program, "-v", "quiet", "-o", Path.Combine(program, "out")]);
        var said = await ProgramRunner.RunAsync("dotnet",
            [Path.Combine(program, "out", "Program.dll"), $"{await service.ReadyAsync()}".TrimEnd('/'), "320404004201", "2022-12", "2",
                "ENTERPRISE_VISITS", "35", "家", "2023-01-09T09:00:00+08:00"]);
        Assert.Contains("ccepted", said, StringComparison.Ordinal);
    }

    [OnAReleaseFact]
    public void Has_packages_with_licence_page_documents_and_symbols()
    {
        foreach (var (package, assembly) in new[] { ("XilinIngest.Contracts", "XilinIngest.Ingest.Contracts"),
            ("XilinIngest.ClientLibrary", "XilinIngest.ClientLibrary") })
        {
            var files = Entries($"{package}.{release.Version}.nupkg");
            Assert.Superset(new HashSet<string> { "README.md", "LICENSE", $"lib/net10.0/{assembly}.dll", $"lib/net10.0/{assembly}.xml" },
                files);
            Assert.Superset(files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal))
                .Select(file => Path.ChangeExtension(file, ".pdb")).ToHashSet(), Entries($"{package}.{release.Version}.snupkg"));
        }
    }

    [OnAReleaseFact(MadeRelease.Runtime)]
    public async Task Has_a_bill_of_what_each_of_its_programs_is_made_of()
    {
        var bill = JsonNode.Parse(await File.ReadAllTextAsync(release.Find("xilin-*.cdx.json")))!;
        var products = bill["dependencies"]!.AsArray().ToDictionary(each => (string)each!["ref"]!,
            each => each!["dependsOn"]!.AsArray().Select(reference => (string)reference!).ToList());
        Assert.Contains(products[$"xilin-standalone-{MadeRelease.Runtime}@{release.Version}"],
            reference => reference.StartsWith($"pkg:nuget/Microsoft.AspNetCore.App.Runtime.{MadeRelease.Runtime}@",
                StringComparison.Ordinal));
        Assert.Contains("pkg:nuget/MassTransit@8.5.12", products[$"service-worker-{MadeRelease.Runtime}@{release.Version}"]);
        Assert.Equal(products.Keys.Order(), bill["components"]!.AsArray().Where(each => (string?)each!["type"] == "application")
            .Select(each => (string)each!["bom-ref"]!).Append($"xilin-ingest@{release.Version}").Order());
        Assert.All(bill["components"]!.AsArray(), each => Assert.True(each!["licenses"] is not null, $"{each["name"]} has no licence."));
    }

    private HashSet<string> Entries(string package)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(release.Folder, package));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    [GeneratedRegex("api/submissions -H 'Content-Type: application/json' -d '([^']+)'")]
    private static partial Regex Submission();
}
