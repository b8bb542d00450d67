using System.Text.RegularExpressions;

namespace XilinIngest.Architecture.Tests;

/// <summary>The kernel and the rules of a submission are functions of their arguments.</summary>
public sealed class The_rules_of_the_domain
{
    // InvalidDataException is the one type of System.IO that says nothing of input or output.
    private const string InputAndOutput =
        @"^System\.IO\.(?!InvalidDataException($|::))|^System\.(Net|Data)\.|^System\.Diagnostics\.Process";
    private const string Libraries = @"^(Microsoft|MassTransit|RabbitMQ|Dapper|Npgsql|Polly|CsvHelper|DocumentFormat)\.(?!CodeAnalysis)";

    // What the compiler makes of an iterator asks for the number of the thread.
    private const string ClockAndMachine = @"^System\.(TimeProvider|Console|Random|Threading\.(Thread|Timer|Tasks\..*))$"
        + @"|^System\.Environment::(?!get_CurrentManagedThreadId$)";

    [Theory]
    [InlineData("Indicators", InputAndOutput)]
    [InlineData("Indicators", Libraries)]
    [InlineData("Indicators", ClockAndMachine)]
    [InlineData("Submissions", InputAndOutput)]
    [InlineData("Submissions", Libraries)]
    [InlineData("Submissions", ClockAndMachine)]
    public void Read_and_write_nothing_and_ask_no_clock(string project, string forbidden)
    {
        using var compiled = CompiledProject.Open(SourceTree.Find(project));
        Assert.DoesNotContain(compiled.Types.Concat(compiled.Members), name => Regex.IsMatch(name, forbidden));
    }
}
