using System.Text.Json;

namespace Scheduler.Tests.Server.Admin;

public sealed class DrainCallTests : IAsyncLifetime
{
    private const string Drains = "/v1/admin/drains";
    private const string Lon1 = """{"target":"lon1","reason":"fibre cut","expires_at":"2030-05-01T14:00:00Z"}""";

    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: ["lon1 a Edge", "lon1 b Edge", "ams c Edge"]);

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task A_drain_is_applied_before_it_is_answered()
    {
        Answer answer = (await Post(Lon1)).Succeeds(201);
        Assert.Equal("/v1/admin/drains/d-2", answer.Headers.Location!.ToString());
        Assert.Equal("\"2\"", answer.ETag);
        Assert.Equal(
            """{"id":"d-2","target":{"site":"lon1"},"reason":"fibre cut","author":"the operator","created_at":"2030-05-01T12:00:00Z","expires_at":"2030-05-01T14:00:00Z","state":"active","nodes":2,"starts_at":"2030-05-01T12:00:00Z","ramp_s":0,"revision":2}""",
            answer.Text);
        Assert.Equal("d-2", Assert.Single(_admin.Applied[^1].Drains).Id);
    }

    [Fact]
    public async Task Text_comes_back_as_it_was_written()
    {
        const string Reason = "it's the <fibre> at Straße & 東京";
        Answer answer = (await Post($$"""{"target":"lon1","reason":"{{Reason}}","expires_at":"2030-05-01T14:00:00Z"}""")).Succeeds(201);
        Assert.Contains(Reason, answer.Text, StringComparison.Ordinal);
        Assert.Equal(Reason, Assert.Single(_admin.Centre.Current.Drains).Reason);
    }

    [Theory]
    [InlineData("\"lon1\"", "site", "lon1", 2)]
    [InlineData("\"site:lon1\"", "site", "lon1", 2)]
    [InlineData("\"node:a\"", "node", "a", 1)]
    [InlineData("{\"site\":\"lon1\"}", "site", "lon1", 2)]
    [InlineData("{\"node\":\"c\"}", "node", "c", 1)]
    public async Task A_target_is_taken_in_each_of_its_forms(string target, string kind, string value, int nodes)
    {
        Answer answer = (await Post($$"""{"target":{{target}},"reason":"x","expires_at":"2030-05-02T00:00:00+02:00","ramp_s":0}""")).Succeeds(201);
        Assert.Equal(value, answer.Json.GetProperty("target").GetProperty(kind).GetString());
        Assert.Equal(nodes, answer.Json.GetProperty("nodes").GetInt32());
        Assert.Equal("2030-05-01T22:00:00Z", answer.Json.GetProperty("expires_at").GetString());
    }

    [Theory]
    [InlineData("""{"selector":"all=nodes"}""")]
    [InlineData("\"selector:all=nodes\"")]
    public async Task A_drain_that_would_leave_no_serving_node_is_409_unless_forced(string target)
    {
        string body = $$"""{"target":{{target}},"reason":"x","expires_at":"2030-05-01T14:00:00Z"}""";
        (await _admin.UnchangedAsync(() => Post(body))).Fails(409, "conflict", "target");
        (await Post(body.Replace("}", ",\"force\":true}", StringComparison.Ordinal).Replace("nodes\",\"force\":true}", "nodes\"}", StringComparison.Ordinal))).Succeeds(201);
    }

    [Fact]
    public async Task The_guard_counts_what_other_drains_and_node_states_took()
    {
        await Post(Lon1);
        (await _admin.UnchangedAsync(() => Post("""{"target":"node:c","reason":"x","expires_at":"2030-05-01T14:00:00Z"}"""))).Fails(409, "conflict", "target");
    }

    [Fact]
    public async Task A_second_drain_of_the_same_target_is_409_with_the_id_of_the_first()
    {
        await Post(Lon1);
        Answer answer = (await _admin.UnchangedAsync(() => Post(Lon1.Replace("\"lon1\"", "{\"site\":\"lon1\"}", StringComparison.Ordinal)))).Fails(409, "conflict", "target");
        Assert.Equal("d-2", answer.Json.GetProperty("existing").GetString());
    }

    [Theory]
    [InlineData("""{}""", "target", "reason", "expires_at")]
    [InlineData("""{"target":"","reason":"","expires_at":""}""", "target", "reason", "expires_at")]
    [InlineData("""{"target":"par9","reason":"x","expires_at":"2030-05-01T14:00:00Z"}""", "target")]
    [InlineData("""{"target":["lon1"],"reason":"x","expires_at":"2030-05-01T14:00:00Z"}""", "target")]
    [InlineData("""{"target":{},"reason":"x","expires_at":"2030-05-01T14:00:00Z"}""", "target")]
    [InlineData("""{"target":{"site":"lon1","node":"a"},"reason":"x","expires_at":"2030-05-01T14:00:00Z"}""", "target")]
    [InlineData("""{"target":{"region":"eu"},"reason":"x","expires_at":"2030-05-01T14:00:00Z"}""", "target")]
    [InlineData("""{"target":{"site":5},"reason":"x","expires_at":"2030-05-01T14:00:00Z"}""", "target.site")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T12:00:00Z"}""", "expires_at")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-04T12:00:00.001Z"}""", "expires_at")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00"}""", "expires_at")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":1900000000}""", "expires_at")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z","ramp_s":4}""", "ramp_s")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z","ramp_s":"0"}""", "ramp_s")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z","starts_at":"2030-05-01T14:00:00Z","preview_id":"p"}""", "starts_at", "preview_id")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z","starts_at":"2030-05-01T11:59:59Z","ramp_s":-1}""", "starts_at", "ramp_s")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z","ramp_s":600,"deadline":"2030-05-01T12:10:00Z"}""", "deadline")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z","deadline":"2030-05-01T14:00:01Z"}""", "deadline")]
    [InlineData("""{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z","expries_at":1}""", "expries_at")]
    public async Task Every_fault_of_a_drain_is_named_at_once(string body, params string[] fields)
        => (await _admin.UnchangedAsync(() => Post(body))).Fails(422, "invalid-fields", fields);

    [Fact]
    public async Task A_planned_drain_keeps_start_ramp_and_deadline_and_tells_how_far_it_has_come()
    {
        const string Body = """{"target":"lon1","reason":"x","starts_at":"2030-05-01T13:00:00Z","ramp_s":600,"deadline":"2030-05-01T13:30:00Z","expires_at":"2030-05-01T16:00:00Z"}""";
        Answer made = (await Post(Body)).Succeeds(201);
        Assert.Contains(""" "state":"planned","nodes":2,"starts_at":"2030-05-01T13:00:00Z","ramp_s":600,"deadline":"2030-05-01T13:30:00Z","revision":2}"""[1..], made.Text, StringComparison.Ordinal);
        Assert.Contains(""" "phase":"planned","admitting":1,"sessions_left":0,"left_bps":0,"moved":0}"""[1..], (await _admin.OperatorAsync("GET", Drains + "/d-2")).Succeeds().Text, StringComparison.Ordinal);
        Scheduler.Core.Drains.Drain stored = Assert.Single((await _admin.Centre.ReadAsync(2, default))!.Drains);
        Assert.Equal((TimeSpan.FromMinutes(10), 13, 30), (stored.Ramp, stored.StartsAt.Hour, stored.Deadline!.Value.Minute));
    }

    [Fact]
    public void A_drain_that_earlier_versions_stored_begins_when_it_was_made()
    {
        var codec = new Scheduler.Server.Persistence.ConfigurationCodec();
        Scheduler.Core.Drains.Drain drain = Assert.Single(codec.ReadDrains(
            """[{"id":"d-2","kind":0,"target":"lon1","reason":"x","author":"a","created_at":"2030-05-01T12:00:00+00:00","expires_at":"2030-05-01T14:00:00+00:00"}]"""u8.ToArray()));
        Assert.Equal((drain.CreatedAt, TimeSpan.Zero, null), (drain.StartsAt, drain.Ramp, drain.Deadline));
    }

    [Fact]
    public async Task The_undo_says_that_the_drain_is_cancelled()
    {
        await Post(Lon1);
        Assert.Equal("cancelled", (await _admin.OperatorAsync("DELETE", Drains + "/d-2")).Succeeds().Json.GetProperty("phase").GetString());
    }

    [Fact]
    public async Task A_drain_may_last_72_hours()
        => (await Post("""{"target":"lon1","reason":"x","expires_at":"2030-05-04T12:00:00Z"}""")).Succeeds(201);

    [Fact]
    public async Task Drains_are_listed_and_paged_the_oldest_first()
    {
        foreach (string node in (string[])["a", "b", "c"]) await Post($$"""{"target":"node:{{node}}","reason":"x","expires_at":"2030-05-01T14:00:00Z","force":true}""");
        Answer first = (await _admin.OperatorAsync("GET", Drains + "?limit=2")).Succeeds();
        Assert.Equal(["d-2", "d-3"], Ids(first));
        string next = first.Json.GetProperty("next").GetString()!;
        Answer second = (await _admin.OperatorAsync("GET", $"{Drains}?limit=2&cursor={next}")).Succeeds();
        Assert.Equal(["d-4"], Ids(second));
        Assert.False(second.Json.TryGetProperty("next", out _));
        Assert.Equal(4, second.Json.GetProperty("revision").GetInt32());
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?limit=x&cursor=-4", "limit", "cursor")]
    public async Task A_malformed_page_is_400(string query, params string[] fields)
        => (await _admin.OperatorAsync("GET", Drains + query)).Fails(400, "invalid-request", fields);

    [Fact]
    public async Task One_drain_can_be_read_and_an_unknown_one_is_404()
    {
        await Post(Lon1);
        Assert.Equal("fibre cut", (await _admin.OperatorAsync("GET", Drains + "/d-2")).Succeeds().Json.GetProperty("reason").GetString());
        (await _admin.OperatorAsync("GET", Drains + "/d-9")).Fails(404, "not-found");
    }

    [Fact]
    public async Task To_delete_a_drain_undoes_it_once()
    {
        await Post(Lon1);
        Answer ended = (await _admin.OperatorAsync("DELETE", Drains + "/d-2?reason=mended")).Succeeds();
        Assert.Equal(("ended", 3), (ended.Json.GetProperty("state").GetString(), ended.Json.GetProperty("revision").GetInt32()));
        Assert.Empty(_admin.Applied[^1].Drains);
        Assert.Equal("mended", (await _admin.Stores.Revisions.ReadNewestAsync(default))!.Revision.Reason);
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("DELETE", Drains + "/d-2"))).Fails(404, "not-found");
    }

    [Fact]
    public async Task A_repeated_post_is_answered_as_the_first_one_even_after_the_drain_has_ended()
    {
        Answer first = (await Post(Lon1, "key-1")).Succeeds(201);
        Answer second = await _admin.UnchangedAsync(() => Post(Lon1, "key-1"));
        Assert.Equal((201, first.Text, first.ETag), (second.Status, second.Text, second.ETag));

        await _admin.OperatorAsync("DELETE", Drains + "/d-2");
        _admin.Clock.Now += TimeSpan.FromDays(3);
        Answer third = await _admin.UnchangedAsync(() => Post(Lon1, "key-1"));
        Assert.Equal((201, first.Text), (third.Status, third.Text));
    }

    [Fact]
    public async Task One_key_for_two_bodies_is_422()
    {
        await Post(Lon1, "key-1");
        (await _admin.UnchangedAsync(() => Post(Lon1.Replace("fibre", "power", StringComparison.Ordinal), "key-1"))).Fails(422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_key_in_quotes_is_the_same_key_as_the_bare_one()
    {
        Answer bare = (await Post(Lon1, "key-1")).Succeeds(201);
        Assert.Equal(bare.Text, (await Post(Lon1, "\"key-1\"")).Succeeds(201).Text);
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_request()
    {
        await Post(Lon1, "key-1");
        await _admin.OperatorAsync("DELETE", Drains + "/d-2");
        Answer other = await _admin.AdminAsync("POST", Drains, Lon1, ("Idempotency-Key", "key-1"));
        Assert.Equal("d-4", other.Succeeds(201).Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_refused_post_may_be_sent_again_under_its_key()
    {
        await Post(Lon1, "key-1");
        (await Post(Lon1, "key-2")).Fails(409, "conflict", "target");
        await _admin.OperatorAsync("DELETE", Drains + "/d-2");
        (await Post(Lon1, "key-2")).Succeeds(201);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("ümlaut")]
    public async Task A_malformed_key_is_400(string key) => (await _admin.UnchangedAsync(() => Post(Lon1, key))).Fails(400, "invalid-request", "Idempotency-Key");

    [Fact]
    public async Task Many_concurrent_posts_of_one_request_make_one_drain()
    {
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Post(Lon1, "key-1")));
        Assert.All(answers, answer => Assert.Equal((201, answers[0].Text), (answer.Status, answer.Text)));
        Assert.Equal(2, _admin.Centre.Current.Revision);
    }

    [Fact]
    public async Task When_the_store_fails_the_answer_is_503_and_nothing_has_changed()
    {
        _admin.Faults.FailNextAppend = true;
        Answer answer = (await _admin.UnchangedAsync(() => Post(Lon1))).Fails(503, "store-unavailable");
        Assert.Equal("5", answer.Headers.RetryAfter!.ToString());
        Assert.DoesNotContain("disk", answer.Text, StringComparison.Ordinal);
        (await Post(Lon1)).Succeeds(201);
    }

    [Fact]
    public async Task When_the_stores_answer_is_lost_a_repeated_post_finds_the_drain_that_was_made()
    {
        _admin.Faults.LoseNextAnswer = true;
        (await Post(Lon1, "key-1")).Fails(503, "store-unavailable");
        Assert.Equal("d-2", (await Post(Lon1, "key-1")).Succeeds(201).Json.GetProperty("id").GetString());
        Assert.Equal("d-2", Assert.Single(_admin.Applied[^1].Drains).Id);
    }

    private static IEnumerable<string?> Ids(Answer answer) => answer.Json.GetProperty("drains").EnumerateArray().Select(drain => drain.GetProperty("id").GetString());

    private Task<Answer> Post(string body, string? key = null)
        => key is null ? _admin.OperatorAsync("POST", Drains, body) : _admin.OperatorAsync("POST", Drains, body, ("Idempotency-Key", key));
}
