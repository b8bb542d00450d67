using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using XilinIngest.InputOutput;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace XilinIngest.Architecture.Tests;

public sealed class The_http_clients
{
    private static readonly ArchUnitNET.Domain.Architecture Source =
        new ArchLoader().LoadAssemblies([.. SourceTree.Projects.Select(project => project.Assembly), typeof(HttpClient).Assembly]).Build();

    [Fact]
    public void Report_every_connection_that_fails_as_their_documentation_says() =>
        Types().That().ResideInNamespaceMatching(@"^XilinIngest(\.|$)")
            .And().CallAny(MethodMembers().That().HaveFullNameMatching(@"System\.Net\.Http\.HttpClient::\.ctor\("))
            .Should().DependOnAny(typeof(ConnectionFaultHandler))
            .Because("a caller that catches HttpRequestException would otherwise meet a SocketException now and then").Check(Source);
}
