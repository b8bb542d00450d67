using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace XilinIngest.Wire.Tests.Starting;

/// <summary>The address it listens on; all of them are this machine's loopback network here.</summary>
public sealed class A_service_that_others_may_reach : IDisposable
{
    private readonly ServiceDataFolder _data = new();
    private readonly int _port = FreePort();

    [Fact]
    public async Task Listens_where_it_is_told_once_people_have_to_sign_in()
    {
        using var service = Start(("Http__Address", "0.0.0.0"), WithKeys());
        await AnswersAsync(service, "127.0.0.1");
        Assert.Equal([IPAddress.Any], Listeners());
        Assert.DoesNotContain("no sign-in", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("this machine only", service.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.2", false)]
    public async Task Listens_on_this_machine_alone_without_sign_in_and_says_what_to_do(string told, bool isHeldBack = true)
    {
        using var service = Start(("Http__Address", told));
        await AnswersAsync(service, isHeldBack ? "127.0.0.1" : told);
        Assert.Equal([isHeldBack ? IPAddress.Loopback : IPAddress.Parse(told)], Listeners());
        Assert.Contains("this machine only", service.Output, StringComparison.Ordinal);
        Assert.Equal(isHeldBack,
            service.Output.Contains($"There is no sign-in, so it does not listen on {told}", StringComparison.Ordinal));
        Assert.Equal(isHeldBack,
            service.Output.Contains("key add", StringComparison.Ordinal) && service.Output.Contains("未设登录", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_told_keys_that_are_not_there()
    {
        using var service = Start(("Access__Keys", "/no/such/file.json"));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains("Setting Access__Keys cannot be used as it stands", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_of_nothing_on_loopback()
    {
        using var service = Start();
        await AnswersAsync(service, "127.0.0.1");
        Assert.Contains("this machine only", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no sign-in", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_under_the_address_asked_and_the_names_allowed_and_no_other()
    {
        using var service = Start(("Http__Address", "0.0.0.0"), WithKeys(), ("AllowedHosts", "worker; xilin.example"));
        await AnswersAsync(service, "127.0.0.1");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("127.0.0.2", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("127.0.0.1", "worker:5081"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("127.0.0.1", "xilin.example"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("127.0.0.1", "127.0.0.1:1"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("127.0.0.1", "page.example"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("127.0.0.1", "127.0.0.2"));
    }

    [Theory]
    [InlineData("everywhere")]
    [InlineData("1")]
    public async Task Is_told_an_address_that_is_none(string address)
    {
        using var service = Start(("Http__Address", address));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains($"Setting Http__Address cannot be used as it stands: “{address}”", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_told_an_address_of_another_machine()
    {
        using var service = Start(("Http__Address", "192.0.2.1"), WithKeys());
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains($"192.0.2.1:{_port} cannot be used", service.Output, StringComparison.Ordinal);
        Assert.Contains("Http__Address", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private IEnumerable<IPAddress> Listeners() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == _port).Select(end => end.Address);

    private (string, string) WithKeys()
    {
        var file = Path.Combine(_data.Path, "access-keys.json");
        File.WriteAllText(file, """{"keys":[]}""");
        return ("Access__Keys", file);
    }

    private ServiceProcess Start(params IEnumerable<(string Name, string Value)> settings) => new("Aggregator", settings.Concat(
        [("Http__Port", $"{_port}"), ("Catalogue__Folder", _data.Catalogue), ("ConnectionStrings__Cube", _data.Cube),
            ("ConnectionStrings__Bus", "amqp://aggregator:secret@127.0.0.1:1/")]));

    private Task AnswersAsync(ServiceProcess service, string address) =>
        Eventually.IsTrueAsync(async () => await StatusAsync(address, null) == HttpStatusCode.OK, () => service.Output);

    private async Task<HttpStatusCode> StatusAsync(string address, string? host)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}:{_port}/health/live");
        request.Headers.Host = host;
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
