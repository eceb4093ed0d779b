using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Dns;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Dns;

/// <summary>Zones, the explanation and PowerDNS's calls over HTTP.</summary>
public sealed class NameCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    private const string PowerDns = "/v1/dns/powerdns/" + LiveScheduler.AdminKey;

    private const string Zones = """
        {"zones":[{"origin":"live.example.com","name_servers":["ns1"],"hostmaster":"h@example.com","client_subnet":true,
          "records":[{"name":"ns1","type":"A","data":"192.0.2.53"},{"name":"www","type":"CNAME","data":"play"}],"steered":[{"name":"play","alpn":["h2"]}]}]}
        """;

    [Fact]
    public async Task Zones_are_one_revision_and_hold_when_the_call_is_answered()
    {
        Answer put = await PutAsync();
        Assert.Equal(1, put.Json.GetProperty("zones").GetInt32());
        DnsDesk desk = scheduler.Services.GetRequiredService<DnsDesk>();
        Assert.Equal("live.example.com.", Assert.Single(desk.Frame.Table.Apexes).Origin.ToString());
        Answer bad = await scheduler.CallAsync(LiveScheduler.AdminKey, "PUT", "/v1/admin/zones", Encoding.UTF8.GetBytes("""{"zones":[{"origin":"x.example","name_servers":[],"hostmaster":"h"}]}"""), ("If-Match", "*"), ("Content-Type", "application/json"));
        bad.Refuses(422, "invalid-fields", "zones[0].name_servers", "zones[0].hostmaster");
    }

    [Fact]
    public async Task What_would_be_answered_is_told_with_the_reasons()
    {
        await PutAsync();
        JsonElement answer = (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/dns?name=www.live.example.com&type=HTTPS&from=81.2.69.142")).Succeeds().Json;
        Assert.Equal(("noerror", "live.example.com."), (answer.GetProperty("rcode").GetString(), answer.GetProperty("zone").GetString()));
        Assert.Equal("CNAME", answer.GetProperty("records")[0].GetProperty("type").GetString());
        JsonElement steered = answer.GetProperty("steered");
        Assert.Equal("placed", steered.GetProperty("decision").GetString());
        Assert.NotEmpty(steered.GetProperty("nodes").EnumerateArray());
        Assert.NotEmpty(steered.GetProperty("explanation").GetProperty("sites").EnumerateArray());
        Assert.Equal("refused", (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/dns?name=example.org")).Succeeds().Json.GetProperty("rcode").GetString());
        Assert.Equal("nxdomain", (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/dns?name=no.live.example.com")).Succeeds().Json.GetProperty("rcode").GetString());
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/dns?name=a..b")).Refuses(400, "invalid-request", "name");
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/dns?name=a&type=X")).Refuses(400, "invalid-request", "type");
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/dns?name=a&from=here")).Refuses(400, "invalid-request", "from");
    }

    [Fact]
    public async Task A_lookup_of_powerdns_is_answered_in_both_of_its_forms()
    {
        await PutAsync();
        Answer path = await scheduler.CallAsync(null, "GET", PowerDns + "/lookup/play%2elive%2eexample%2ecom%2e/ANY", (string?)null, ("X-RemoteBackend-Real-Remote", "81.2.69.0/24"));
        Answer body = await scheduler.CallAsync(
            null, "POST", PowerDns, """{"method":"lookup","parameters":{"qtype":"ANY","qname":"play.live.example.com.","real-remote":"81.2.69.0/24","zone-id":-1}}"""u8.ToArray(), ("Content-Type", "text/javascript; charset=utf-8"));
        foreach (Answer answer in (Answer[])[path, body])
        {
            JsonElement[] records = [.. answer.Succeeds().Json.GetProperty("result").EnumerateArray()];
            Assert.NotEmpty(records);
            Assert.All(records, record => Assert.Equal("HTTPS", record.GetProperty("qtype").GetString())); // these nodes have names and no addresses
            Assert.All(records, record => Assert.InRange(record.GetProperty("scopeMask").GetInt32(), 20, 32));
        }
    }

    [Fact]
    public async Task The_apex_has_its_soa_and_servers_and_what_there_is_not_is_false()
    {
        await PutAsync();
        JsonElement apex = (await scheduler.CallAsync(null, "GET", PowerDns + "/lookup/live.example.com./ANY")).Succeeds().Json.GetProperty("result");
        Assert.Equal(["NS", "SOA"], apex.EnumerateArray().Select(record => record.GetProperty("qtype").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(apex.EnumerateArray(), record => Assert.False(record.TryGetProperty("scopeMask", out _)));
        foreach (string nothing in (string[])["lookup/no.live.example.com./ANY", "lookup/example.org./ANY", "getBeforeAndAfterNamesAbsolute/x/y", "getdomaininfo/www.live.example.com."])
            Assert.False((await scheduler.CallAsync(null, "GET", $"{PowerDns}/{nothing}")).Succeeds().Json.GetProperty("result").GetBoolean());
        Assert.Equal("live.example.com.", (await scheduler.CallAsync(null, "GET", PowerDns + "/getAllDomains?includeDisabled=false")).Succeeds().Json.GetProperty("result")[0].GetProperty("zone").GetString());
        Assert.Empty((await scheduler.CallAsync(null, "GET", PowerDns + "/getAllDomainMetadata/live.example.com.")).Succeeds().Json.GetProperty("result").EnumerateObject());
    }

    [Fact]
    public async Task A_key_that_may_not_name_viewers_is_refused() =>
        (await scheduler.CallAsync(null, "GET", "/v1/dns/powerdns/sk_b_nobody/lookup/live.example.com./ANY")).Refuses(403, "forbidden");

    private Task<Answer> PutAsync() => PutAsync(Zones);

    private async Task<Answer> PutAsync(string zones) =>
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "PUT", "/v1/admin/zones", Encoding.UTF8.GetBytes(zones), ("If-Match", "*"), ("Content-Type", "application/json"))).Succeeds();
}
