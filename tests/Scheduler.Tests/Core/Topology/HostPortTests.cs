using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Topology;

public sealed class HostPortTests
{
    [Theory]
    [InlineData("lon1-03.edge.example")]
    [InlineData("localhost")]
    [InlineData("3com.example:8443")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1:65535")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[::1]:443")]
    public void Names_and_addresses_are_hosts(string text) => Assert.True(HostPort.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a_b.example")]
    [InlineData("a.example.")]
    [InlineData("exämple.com")]
    [InlineData("user@a.example")]
    [InlineData("a.example/path")]
    [InlineData("https://a.example")]
    [InlineData("a.example:")]
    [InlineData("a.example:0")]
    [InlineData("a.example:080")]
    [InlineData("a.example:65536")]
    [InlineData("a.example:999999999999")]
    [InlineData("a.example:8a")]
    [InlineData("1.2.3")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.01")]
    [InlineData("1234")]
    [InlineData("2001:db8::1")]
    [InlineData("[2001:db8::1")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("[192.0.2.1]")]
    [InlineData("[]")]
    public void Anything_else_is_not(string text) => Assert.False(HostPort.IsValid(text));

    [Fact]
    public void Lengths_are_those_of_the_domain_name_system()
    {
        string label = new('a', 63);
        Assert.True(HostPort.IsValid($"{label}.example"));
        Assert.False(HostPort.IsValid($"{label}a.example"));
        Assert.True(HostPort.IsValid($"{label}.{label}.{label}.{label[..61]}"));
        Assert.False(HostPort.IsValid($"{label}.{label}.{label}.{label[..62]}"));
    }
}
