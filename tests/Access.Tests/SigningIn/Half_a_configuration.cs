using Microsoft.Extensions.Configuration;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Access.Tests.SigningIn;

public sealed class Half_a_configuration
{
    [Theory]
    [InlineData("Access__Authority", "Access:ClientId=xilin")]
    [InlineData("Access__Authority", "Access:Audience=xilin")]
    [InlineData("Access__Authority", "Access:ClientSecret=s")]
    [InlineData("Access__Authority", "Access:AdminRole=boss")]
    [InlineData("Access__ClientId", "Access:Authority=https://sign-in.example", "Access:Audience=xilin", "Access:ClientSecret=s")]
    [InlineData("Access__Audience", "Access:Authority=https://sign-in.example")]
    [InlineData("Access__EnterRole", "Access:Authority=https://sign-in.example", "Access:ClientId=xilin", "Access:EnterRole=staff",
        "Access:AdminRole=staff")]
    [InlineData("Access__UnitClaim", "Access:Authority=https://sign-in.example", "Access:ClientId=xilin", "Access:UnitClaim=roles")]
    [InlineData("Kestrel__Endpoints", "Kestrel:Endpoints:Open:Url=http://0.0.0.0:5999")]
    public void Is_refused_at_the_start(string named, params string[] settings)
    {
        var error = new StringWriter();
        var before = Console.Error;
        Console.SetError(error);
        try
        {
            var read = new StartupOptions(
                new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.Select(setting => setting.Split('=', 2)).ToDictionary(parts => parts[0], parts => (string?)parts[1])).Build());
            read.Access();
            Assert.True(read.ReportFaults(new ServiceConsole(english: true)), string.Join(' ', settings));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_no_fault_once_the_missing_settings_are_added()
    {
        var read = new StartupOptions(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Access:Authority"] = "https://sign-in.example",
            ["Access:ClientId"] = "xilin",
            ["Access:ClientSecret"] = "s",
            ["Access:AdminRole"] = "boss",
        }).Build());
        Assert.True(read.Access().IsSignInRequired);
        Assert.False(read.ReportFaults(new ServiceConsole(english: true)));
    }
}
