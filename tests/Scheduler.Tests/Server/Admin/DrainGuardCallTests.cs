using System.Text.Json;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Admin;

/// <summary>Drains of a whole scheduler: three sites of 2 Gbit/s, whose nodes say how much they carry.</summary>
public sealed class DrainGuardCallTests : IAsyncLifetime
{
    private const string Drains = "/v1/admin/drains";
    private const string Preview = "/v1/admin/drains:preview";
    private readonly LiveScheduler _scheduler = new();
    private long _sequence = 10;

    public async Task InitializeAsync() => await _scheduler.InitializeAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task A_preview_tells_what_a_drain_would_do_and_changes_nothing()
    {
        await CarryAsync(0.1);
        JsonElement preview = (await Call("POST", Preview, Asked("p00", ",\"ramp_s\":60"))).Succeeds().Json;
        Assert.True(preview.GetProperty("feasible").GetBoolean());
        Assert.Empty(preview.GetProperty("refusals").EnumerateArray());
        Assert.Equal(["p00"], preview.GetProperty("sites").EnumerateArray().Select(site => site.GetString()));
        Assert.Equal(200_000_000, preview.GetProperty("moved_bps").GetInt64());
        Assert.Equal(200_000_000, preview.GetProperty("receivers").EnumerateArray().Sum(r => r.GetProperty("after_bps").GetInt64() - r.GetProperty("before_bps").GetInt64()), 1e6);
        Assert.Equal("shape", preview.GetProperty("forecast").GetString());
        Assert.InRange(preview.GetProperty("max_utilisation").GetDouble(), 0.1, 0.95);
        foreach (string member in (string[])["preview_id", "delta_cost_per_h", "delta_rtt_ms", "at_site", "revision", "at", "until", "nodes", "stranded_cells"])
            Assert.True(preview.TryGetProperty(member, out _), member);
        Assert.Empty((await Call("GET", Drains)).Json.GetProperty("drains").EnumerateArray());
    }

    [Fact]
    public async Task A_drain_that_does_not_fit_is_409_with_the_numbers_unless_it_is_forced_and_then_the_revision_tells()
    {
        await CarryAsync(0.9);
        Answer refused = (await Call("POST", Drains, Order("p00"))).Fails(409, "drain-would-exceed-capacity", "target");
        JsonElement preview = refused.Json.GetProperty("preview");
        Assert.False(preview.GetProperty("feasible").GetBoolean());
        Assert.Equal("infeasible", preview.GetProperty("refusals")[0].GetProperty("guard").GetString());
        Assert.StartsWith("short 1.6 Gbit/s in Europe", preview.GetProperty("bottleneck").GetString(), StringComparison.Ordinal);
        Assert.Empty((await Call("GET", Drains)).Json.GetProperty("drains").EnumerateArray());

        long revision = (await Call("POST", Drains, Order("p00", ",\"force\":true"))).Succeeds(201).Json.GetProperty("revision").GetInt64();
        string reason = (await Call("GET", $"/v1/admin/revisions/{revision}")).Succeeds().Json.GetProperty("reason").GetString()!;
        Assert.StartsWith("fibre (forced past infeasible: short 1.6 Gbit/s in Europe", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_id_holds_as_long_as_its_verdict_and_force_covers_no_more_than_was_shown()
    {
        await CarryAsync(0.1);
        string id = (await Call("POST", Preview, Asked("p00"))).Succeeds().Json.GetProperty("preview_id").GetString()!;
        await CarryAsync(0.9);
        Answer worse = (await Call("POST", Drains, Order("p00", $",\"force\":true,\"preview_id\":\"{id}\""))).Fails(409, "drain-would-exceed-capacity", "target");
        Assert.Contains($"worse than preview {id} showed", worse.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        string shown = (await Call("POST", Preview, Asked("p00"))).Succeeds().Json.GetProperty("preview_id").GetString()!;
        (await Call("POST", Drains, Order("p00", $",\"preview_id\":\"{shown}\""))).Fails(409, "drain-would-exceed-capacity", "target");
        (await Call("POST", Drains, Order("p01", $",\"preview_id\":\"{shown}\""))).Fails(422, "invalid-fields", "preview_id");
        (await Call("POST", Drains, Order("p00", ",\"preview_id\":\"p-0\""))).Fails(422, "invalid-fields", "preview_id");
        (await Call("POST", Drains, Order("p00", $",\"force\":true,\"preview_id\":\"{shown}\""))).Succeeds(201);
    }

    [Fact]
    public async Task A_second_drain_in_a_region_is_refused()
    {
        await CarryAsync(0.1);
        (await Call("POST", Drains, Order("p00"))).Succeeds(201);
        JsonElement preview = (await Call("POST", Drains, Order("p01"))).Fails(409, "drain-would-exceed-capacity", "target", "target").Json.GetProperty("preview");
        Assert.Contains("region_cap", preview.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("guard").GetString()));
    }

    [Fact]
    public async Task Sites_tell_whether_they_could_be_drained()
    {
        await CarryAsync(0.9);
        await LiveScheduler.UntilAsync(async () => (await StandingAsync()) == "no", "looked at");
        JsonElement drainable = (await Call("GET", "/v1/admin/sites/p00")).Json.GetProperty("drainable");
        Assert.StartsWith("short", drainable.GetProperty("why").GetString(), StringComparison.Ordinal);
        await CarryAsync(0.01); // the busiest hour of a day is thirteen times the quietest
        await LiveScheduler.UntilAsync(async () => (await StandingAsync()) == "yes", "looked at again");
    }

    [Theory]
    [InlineData("{}", "target")]
    [InlineData("""{"target":"nowhere","ramp_s":-1,"deadline":"2001-01-01T00:00:00Z","reason":"x"}""", "target", "ramp_s", "deadline", "reason")]
    [InlineData("""{"target":"p00","starts_at":"2001-01-01T00:00:00Z","expires_at":"2999-01-01T00:00:00Z"}""", "starts_at", "expires_at")]
    public async Task Every_fault_of_a_request_is_named_at_once(string body, params string[] fields) =>
        (await Call("POST", Preview, body)).Fails(422, "invalid-fields", fields);

    private async Task<string?> StandingAsync() =>
        (await Call("GET", "/v1/admin/sites")).Json.GetProperty("sites")[0].TryGetProperty("drainable", out JsonElement drainable) ? drainable.GetProperty("verdict").GetString() : null;

    private Task<Answer> Call(string method, string path, string? body = null) => _scheduler.CallAsync(LiveScheduler.AdminKey, method, path, body);

    /// <summary>Ten minutes, in which no forecast of a busier moment falls, whatever the hour of the test.</summary>
    private static string Asked(string site, string more = "") => $$"""{"target":"{{site}}","expires_at":"{{DateTime.UtcNow.AddMinutes(10):yyyy-MM-ddTHH:mm:ssZ}}"{{more}}}""";

    private static string Order(string site, string more = "") =>
        $$"""{"target":"{{site}}","reason":"fibre","expires_at":"{{DateTime.UtcNow.AddMinutes(10):yyyy-MM-ddTHH:mm:ssZ}}"{{more}}}""";

    /// <summary>Every node carries so much of its capacity, and the plan knows.</summary>
    private async Task CarryAsync(double share)
    {
        string egress = (share * 1e9).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        string[] reports =
        [
            .. from site in Enumerable.Range(0, 3)
               from node in Enumerable.Range(0, 2)
               select $$"""{"node":"p0{{site}}-0{{node}}","incarnation":1,"sequence":{{++_sequence}},"capacity_bps":1e9,"egress_bps":{{egress}},"sessions":0,"state":"serving"}""",
        ];
        (await Call("POST", "/v1/reports", $$"""{"reports":[{{string.Join(',', reports)}}]}""")).Succeeds();
        await LiveScheduler.UntilAsync(
            async () => (await Call("GET", "/v1/admin/plan")) is { Status: 200 } plan && Math.Abs(plan.Json.GetProperty("demand_bps").GetInt64() - (6e9 * share)) < 1e6, "planned");
    }
}
