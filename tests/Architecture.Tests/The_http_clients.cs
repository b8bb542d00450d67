using XilinIngest.InputOutput;

namespace XilinIngest.Architecture.Tests;

public sealed class The_http_clients
{
    // A caller that catches HttpRequestException would otherwise meet a SocketException now and then.
    [Fact]
    public void Report_every_connection_that_fails_as_their_documentation_says()
    {
        var (makers, without) = (0, new List<string>());
        foreach (var project in SourceTree.Projects)
        {
            using var compiled = CompiledProject.Open(project);
            var clients = compiled.MakersOf(typeof(HttpClient).FullName!);
            makers += clients.Count;
            without.AddRange(clients.Except(compiled.MakersOf(typeof(ConnectionFaultHandler).FullName!)));
        }

        Assert.NotEqual(0, makers);
        Assert.Empty(without);
    }
}
