using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Hosting;
using Scheduler.Server.Telemetry;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Http.Proxies;

/// <summary>Where a viewer is found behind proxies, on a server whose every caller is on loopback. By default he is found in Tokyo.</summary>
public sealed class ViewerAddressTests : IAsyncLifetime
{
    private const string Berlin = "91.1.2.3";
    private static readonly (string, string)[] Trusting = [("Scheduler:Http:TrustedProxies:0", "127.0.0.0/8"), ("Scheduler:Http:TrustedProxies:1", "10.0.0.0/8")];
    private readonly LiveScheduler _scheduler = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task The_viewer_is_where_the_trusted_proxies_saw_him()
    {
        await StartAsync(Trusting);
        Counters counters = _scheduler.Services.GetRequiredService<Counters>();
        long unknown = counters.UnknownViewers;
        Assert.Equal("DE", await CountryAsync(("X-Forwarded-For", $"{LiveScheduler.LondonIp}, {Berlin}, 10.1.1.1")));
        Assert.Equal("GB", await CountryAsync(("X-Forwarded-For", $"{LiveScheduler.LondonIp}:4711"), ("Forwarded", $"for={Berlin}")));
        Assert.Equal("JP", await CountryAsync(("Forwarded", $"for={Berlin}"))); // only the one configured header is believed
        Assert.Equal(1, counters.UnknownViewers - unknown);
    }

    [Fact]
    public async Task The_header_of_RFC_7239_is_believed_where_it_is_the_configured_one()
    {
        await StartAsync([.. Trusting, ("Scheduler:Http:ForwardedHeader", "forwarded")]);
        Assert.Equal("DE", await CountryAsync(("X-Forwarded-For", LiveScheduler.LondonIp), ("Forwarded", $"for=\"{Berlin}:80\";proto=https, for=10.1.1.1")));
        Assert.Equal("GB", await CountryAsync(("Forwarded", "for=\"[2a00:23c0::1]:4711\"")));
        Assert.Equal("JP", await CountryAsync(("Forwarded", $"for={Berlin}, for=unknown")));
        Assert.Equal("JP", await CountryAsync(("Forwarded", $"for={Berlin}, for=_hidden")));
    }

    [Fact]
    public async Task Of_a_peer_that_is_not_trusted_no_header_is_believed()
    {
        await StartAsync([("Scheduler:Http:TrustedProxies:0", "10.0.0.0/8")]);
        Assert.Equal("JP", await CountryAsync(("X-Forwarded-For", Berlin), ("Forwarded", $"for={Berlin}")));
    }

    [Fact]
    public async Task A_trusted_proxy_on_loopback_lets_no_stranger_into_the_demo()
    {
        await _scheduler.StartAsync([.. Trusting, ("Scheduler:Demo", "true")]);
        await NobodyIsLetInAsync(("X-Forwarded-For", "203.0.113.7"));
        await NobodyIsLetInAsync(("X-Forwarded-For", "unknown"));
        await NobodyIsLetInAsync(("X-Forwarded-For", "127.0.0.1"));
        await NobodyIsLetInAsync(("Forwarded", "for=203.0.113.7"));
        await NobodyIsLetInAsync(("X-Real-IP", "203.0.113.7"));
        await NobodyIsLetInAsync(("Via", "1.1 proxy"));
        await NobodyIsLetInAsync(("X-Unrelated", "a trusted proxy's call without its header is a stranger's"));
    }

    [Fact]
    public async Task Nor_does_one_that_is_not_trusted()
    {
        await _scheduler.StartAsync(("Scheduler:Demo", "true"));
        await NobodyIsLetInAsync(("X-Forwarded-For", "203.0.113.7"));
        await NobodyIsLetInAsync(("Forwarded", "for=127.0.0.1"));
        await NobodyIsLetInAsync(("Via", "1.1 proxy"));
        (await _scheduler.CallAsync(null, "GET", "/v1/admin/status")).Succeeds();
    }

    [Theory]
    [InlineData("Scheduler:Http:TrustedProxies:0", "10.0.0.0/40", "TrustedProxies")]
    [InlineData("Scheduler:Http:TrustedProxies:0", "0.0.0.0/0", "everybody")]
    [InlineData("Scheduler:Http:ForwardedHeader", "x-real-ip", "Http:ForwardedHeader")]
    [InlineData("ForwardedHeaders_Enabled", "true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED")]
    public async Task What_would_believe_anybody_stops_the_start(string name, string value, string told)
    {
        StartupException fault = await Assert.ThrowsAsync<StartupException>(() => _scheduler.StartAsync((name, value)));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    private async Task NobodyIsLetInAsync((string, string) header)
    {
        (await _scheduler.CallAsync(null, "GET", "/v1/admin/status", (string?)null, header)).Fails(401, "unauthorized");
        (await _scheduler.CallAsync(null, "POST", "/v1/sessions", """{"stream":"s"}""", header)).Refuses(401, "unauthorized");
        (await _scheduler.CallAsync(null, "POST", "/v1/reports", """{"reports":[]}""", header)).Refuses(401, "unauthorized");
        (await _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/status", (string?)null, header)).Succeeds();
    }

    private async Task StartAsync((string, string)[] settings)
    {
        await _scheduler.StartAsync(settings);
        await _scheduler.LoadFleetAsync();
    }

    private async Task<string> CountryAsync(params (string, string)[] headers)
    {
        Answer answer = await _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/dispatch?stream=s", (string?)null, headers);
        return answer.Succeeds().Json.GetProperty("cell").GetString()![..2];
    }
}
