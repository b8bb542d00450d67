using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace XilinIngest.Architecture.Tests;

/// <summary>The kernel and the rules of a submission are functions of their arguments.</summary>
public sealed class The_rules_of_the_domain
{
    // InvalidDataException is the one type of System.IO that says nothing of input or output.
    private const string InputAndOutput = @"^System\.IO\.(?!InvalidDataException$)|^System\.(Net|Data)\.|^System\.Diagnostics\.Process";
    private const string Libraries = @"^(Microsoft|MassTransit|RabbitMQ|Dapper|Npgsql|Polly|CsvHelper|DocumentFormat)\.(?!CodeAnalysis)";
    private const string ClockAndMachine = @"^System\.(TimeProvider|Console|Environment|Random|Threading\.(Thread|Timer|Tasks\..*))$";

    [Theory]
    [InlineData("Indicators", InputAndOutput)]
    [InlineData("Indicators", Libraries)]
    [InlineData("Indicators", ClockAndMachine)]
    [InlineData("Submissions", InputAndOutput)]
    [InlineData("Submissions", Libraries)]
    [InlineData("Submissions", ClockAndMachine)]
    public void Read_and_write_nothing_and_ask_no_clock(string project, string forbidden)
    {
        var assembly = SourceTree.Find(project).Assembly;
        Types().That().ResideInAssembly(assembly)
            .Should().NotDependOnAny(Types(includeReferenced: true).That().HaveFullNameMatching(forbidden))
            .Because("files, databases, networks and the time are arguments here").Check(new ArchLoader().LoadAssembly(assembly).Build());
    }
}
