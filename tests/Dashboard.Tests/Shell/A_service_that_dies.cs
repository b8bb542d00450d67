namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>
/// Seen from a wall and from an ordinary page, one that is being filled in. A service of its own, with a unit whose name is a script; it is
/// killed under its readers and started again.
/// </summary>
[Collection("every page")]
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

    /// <summary>The catalogue that is shipped, but for a unit's name and a month that is open.</summary>
    private sealed class RenamedUnit : IDisposable
    {
        internal RenamedUnit(string from, string to)
        {
            foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
            {
                var (text, name) = (File.ReadAllText(file), System.IO.Path.GetFileName(file));
                File.WriteAllText(System.IO.Path.Combine(Path, name), name switch
                {
                    "units.csv" => text.Replace($",{from},", $",{to},", StringComparison.Ordinal),

                    // The service has the time of day, and the month that is filled in is open.
                    "calendar.csv" => string.Join('\n', text.Split('\n').Select(line =>
                        line.StartsWith("2022-12,", StringComparison.Ordinal) ? OpenForLong(line) : line)),
                    _ => text,
                });
            }
        }

        private static string OpenForLong(string line) =>
            $"{string.Join(',', line.Split(',').Take(2))},2098-12-08T18:00:00+08:00,2098-12-20T18:00:00+08:00,2099-06-30T18:00:00+08:00";

        internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-catalogue-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
