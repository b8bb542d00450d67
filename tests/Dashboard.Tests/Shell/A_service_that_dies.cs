namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>
/// Seen from a wall and from an ordinary page, one that is being filled in. A service of its own, with a unit whose name is a script; it is
/// killed under its readers and started again.
/// </summary>
[Collection("site")]
public sealed class A_service_that_dies(DashboardSite site)
{
    private const string Script = "<script>alert('x')</script><img src=x onerror=alert('y')>";
    private const string Of = "unit=320404004201&period=2022-12";

    [Fact]
    public async Task Is_seen_to_be_gone_and_every_page_heals_by_itself()
    {
        using var catalogue = new RenamedUnit("东岱村", Script);
        await using var service = await DashboardProcess.StartAsync(sample: false, catalogue.Path);
        await using var wall = await site.OpenAsync(At(service, "/?wall=1&seconds=5&"));
        await using var form = await site.OpenAsync(At(service, "/enter?"));
        foreach (var reader in new[] { wall, form })
        {
            await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync(Script);
            await reader.AssertAccessibleAsync();
            await reader.Page.EvaluateAsync("document.documentElement.classList.add('is-marked')");
        }

        var visits = form.Page.Locator("[data-entry=ENTERPRISE_VISITS] .ent-box input").First;
        await visits.FillAsync("17");
        await service.KillAsync();
        foreach (var reader in new[] { wall, form })
        {
            await Assertions.Expect(reader.Page.Locator(".reconnect .trying")).ToBeVisibleAsync();
        }

        // Typed while no one listens.
        await visits.FillAsync("18");
        await service.RestartAsync();
        foreach (var reader in new[] { wall, form })
        {
            await Assertions.Expect(reader.Page.Locator("html.is-marked")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
            await reader.Page.WaitForSelectorAsync("[data-interactive]", new() { State = WaitForSelectorState.Attached });
            await Assertions.Expect(reader.Page.Locator(".reconnect")).ToBeHiddenAsync();
            await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync(Script);
        }

        await Assertions.Expect(visits).ToHaveValueAsync("18");
    }

    private static string At(DashboardProcess service, string path) => new Uri(service.Address, path + Of).ToString();

    /// <summary>The catalogue that is shipped, but for a unit's name.</summary>
    private sealed class RenamedUnit : IDisposable
    {
        internal RenamedUnit(string from, string to)
        {
            foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
            {
                var text = File.ReadAllText(file);
                File.WriteAllText(System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)),
                    System.IO.Path.GetFileName(file) == "units.csv"
                        ? text.Replace($",{from},", $",{to},", StringComparison.Ordinal) : text);
            }
        }

        internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-catalogue-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
