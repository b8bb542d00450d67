using XilinIngest.Admin.Broker;

namespace XilinIngest.Admin.Tests.Definitions;

public sealed class A_password
{
    /// <summary>The example of RabbitMQ's documentation of its own algorithm.</summary>
    [Fact]
    public void Is_hashed_as_the_broker_does_it() =>
        Assert.Equal("kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR", PasswordHash.Compute("test12", Convert.FromHexString("908DC60A")));

    [Fact]
    public void Differs_at_every_generation() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => PasswordHash.NewPassword()).Distinct().Count());

    [Fact]
    public void Needs_no_escape_in_an_address() => Assert.Matches("^[A-Za-z0-9_-]{24}$", PasswordHash.NewPassword());
}
