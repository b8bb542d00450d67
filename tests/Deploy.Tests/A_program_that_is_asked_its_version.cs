using XilinIngest.Hosting;

namespace XilinIngest.Deploy.Tests;

public sealed class A_program_that_is_asked_its_version
{
    [Theory, InlineData("Ingest.Worker"), InlineData("Aggregator"), InlineData("Aggregator.Cluster"), InlineData("Notifier"),
        InlineData("Dashboard"), InlineData("Standalone"), InlineData("Admin")]
    public async Task Says_it_and_ends(string project)
    {
        var program = RepositoryFiles.ProgramOf(project).Replace("XilinIngest.Admin.dll", "xilin-admin.dll", StringComparison.Ordinal);
        Assert.Equal($"{ProgramVersion.Text}\n", await ProgramRunner.RunAsync("dotnet", [program, "--version"]));
    }
}
