using System.Net;

namespace Scheduler.Tests.Cli.Upstreams;

public sealed class UpstreamCommandTests
{
    private const string Streams =
        """{"count":41,"streams":[{"id":"live-42","hash":"43c4c3be1f07499c","viewers":1200,"egress_bps":3.6e9,"sites":3,"home":{"node":"ams-05","idc":"ams","bps":6000000,"since":"2025-12-31T23:00:00Z"},"backups":[{"node":"fra-02","idc":"fra","bps":6000000,"since":"2025-12-31T23:30:00Z"}]},{"hash":"00000000000000aa","viewers":3,"egress_bps":9e6,"sites":1,"backups":[]}],"next":"2"}""";

    private const string Stream =
        """{"id":"live-42","hash":"43c4c3be1f07499c","viewers":8,"egress_bps":2.4e7,"sites":2,"home":{"node":"ams-05","idc":"ams","bps":6000000,"since":"2025-12-31T23:00:00Z"},"backups":[],"relays":[{"idc":"syd","sites":1}],"pops":[{"site":"syd1","viewers":7,"egress_bps":2.1e7,"outcome":"named","parent":"syd-05","idc":"syd","relay":true,"rtt_ms":273.9,"cost_ms":278.2},{"site":"lon1","viewers":1,"egress_bps":3e6,"outcome":"no_room"}]}""";

    private const string Links =
        """{"count":1,"links":[{"site":"lon1","idc":"ams","kind":"backhaul","capacity_bps":6e11,"load_bps":4.5e11,"utilisation":0.75,"tariff_ms":0.25,"price_ms":3.53,"rtt_ms":15.2}]}""";

    [Fact]
    public async Task Streams_are_a_table_with_homes_and_backups()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Streams);
        Assert.Equal(0, await cli.RunAsync("streams", "--limit", "2"));
        Assert.Equal("/v1/admin/streams?limit=2", (await cli.Server.NextAsync()).Path);
        foreach (string part in (string[])["live-42", "1,200", "ams-05", "fra-02", "#00000000000000aa", "none", "2 of 41 streams"]) Assert.Contains(part, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_stream_shows_its_way_to_every_site()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Stream);
        Assert.Equal(0, await cli.RunAsync("stream", "live 42"));
        Assert.Equal("/v1/admin/streams/live%2042", (await cli.Server.NextAsync()).Path);
        foreach (string part in (string[])["home: ams-05 in ams", "relays: syd for 1 sites", "syd-05", "relay", "no_room"]) Assert.Contains(part, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_are_a_table_and_a_site_chooses()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Links);
        Assert.Equal(0, await cli.RunAsync("links", "--site", "lon1", "--limit", "5"));
        Assert.Equal("/v1/admin/links?site=lon1&limit=5", (await cli.Server.NextAsync()).Path);
        foreach (string part in (string[])["lon1", "ams", "backhaul", "75 %", "450 Gbit/s", "600 Gbit/s"]) Assert.Contains(part, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_is_what_the_scheduler_said()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Links);
        Assert.Equal(0, await cli.RunAsync("links", "--json"));
        Assert.Contains("\"load_bps\"", cli.Out, StringComparison.Ordinal);
    }
}
