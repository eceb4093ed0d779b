using System.Text.Json;

namespace Scheduler.Tests.Server.Admin;

public sealed class RevisionCallTests : IAsyncLifetime
{
    private const string Revisions = "/v1/admin/revisions";

    private AdminHarness _admin = null!;

    public async Task InitializeAsync()
    {
        _admin = await AdminHarness.StartAsync(fleet: ["lon1 a Edge", "ams c Edge"]);
        await _admin.OperatorAsync("POST", "/v1/admin/drains", """{"target":"lon1","reason":"fibre cut","expires_at":"2030-05-01T14:00:00Z"}""");
        await _admin.OperatorAsync("PUT", "/v1/admin/fleet?reason=oops", SmallFleet.Json("ams c Edge"), ("If-Match", "\"2\""));
    }

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task Revisions_say_who_changed_what_when_and_why_the_newest_first()
    {
        Answer answer = (await _admin.OperatorAsync("GET", Revisions)).Succeeds();
        Assert.Equal(
            """{"revisions":[{"revision":3,"at":"2030-05-01T12:00:00Z","author":"the operator","reason":"oops","kind":"fleet"},{"revision":2,"at":"2030-05-01T12:00:00Z","author":"the operator","reason":"fibre cut","kind":"drain"},{"revision":1,"at":"2030-05-01T12:00:00Z","author":"test","reason":"set up","kind":"fleet"}]}""",
            answer.Text);
    }

    [Fact]
    public async Task Revisions_are_paged_by_cursor()
    {
        Answer first = (await _admin.OperatorAsync("GET", Revisions + "?limit=2")).Succeeds();
        Assert.Equal([3, 2], Numbers(first));
        Answer second = (await _admin.OperatorAsync("GET", $"{Revisions}?limit=2&cursor={first.Json.GetProperty("next").GetString()}")).Succeeds();
        Assert.Equal([1], Numbers(second));
        Assert.False(second.Json.TryGetProperty("next", out _));
        (await _admin.OperatorAsync("GET", Revisions + "?cursor=abc")).Fails(400, "invalid-request", "cursor");
    }

    [Fact]
    public async Task Revisions_are_chosen_by_kind_author_time_and_words()
    {
        Assert.Equal([2], Numbers(await _admin.OperatorAsync("GET", Revisions + "?kind=drain")));
        Assert.Equal([3, 2], Numbers(await _admin.OperatorAsync("GET", Revisions + "?author=the+operator&since=2030-05-01T12:00:00Z")));
        Assert.Equal([3], Numbers(await _admin.OperatorAsync("GET", Revisions + "?text=OOPS")));
        Assert.Empty(Numbers(await _admin.OperatorAsync("GET", Revisions + "?until=2030-05-01T12:00:00Z")));
        (await _admin.OperatorAsync("GET", Revisions + "?kind=x&since=2030-05-01&text=")).Fails(400, "invalid-request", "kind", "since", "text");
    }

    [Fact]
    public async Task A_diff_tells_what_a_revision_changed_against_the_one_before()
    {
        JsonElement drain = Assert.Single((await _admin.OperatorAsync("GET", Revisions + "/2/diff")).Succeeds().Json.GetProperty("changes").EnumerateArray());
        Assert.Equal(("drains[d-2]", "added"), (drain.GetProperty("path").GetString(), drain.GetProperty("change").GetString()));
        Assert.Equal("fibre cut", drain.GetProperty("after").GetProperty("reason").GetString());
        Assert.False(drain.TryGetProperty("before", out _));

        Answer text = (await _admin.OperatorAsync("GET", Revisions + "/3/diff?format=text")).Succeeds();
        Assert.Equal("text/plain", text.MediaType);
        Assert.StartsWith("revision 3 (fleet) by the operator at 2030-05-01T12:00:00Z: oops\n- fleet.sites[lon1]: {", text.Text, StringComparison.Ordinal);

        JsonElement first = (await _admin.OperatorAsync("GET", Revisions + "/1/diff")).Succeeds().Json;
        Assert.Equal(0, first.GetProperty("previous").GetInt32());
        Assert.Contains("fleet.sites", first.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("path").GetString()));
        (await _admin.OperatorAsync("GET", Revisions + "/9/diff")).Fails(404, "not-found");
        (await _admin.OperatorAsync("GET", Revisions + "/2/diff?format=xml")).Fails(400, "invalid-request", "format");
    }

    [Fact]
    public async Task A_dry_run_shows_the_differences_and_changes_nothing()
    {
        (string Method, string Path, string? Body, string Change)[] changes =
        [
            ("PUT", "/v1/admin/fleet", SmallFleet.Json("ams c Edge", "fra d Edge"), "fleet.sites[fra] added"),
            ("PUT", "/v1/admin/nodes/c/state", """{"in_service":true,"weight":0.5,"reason":"r"}""", "overrides[c] added"),
            ("POST", "/v1/admin/drains", """{"target":"ams","reason":"r","expires_at":"2030-05-01T14:00:00Z","force":true}""", "drains[d-4] added"),
            ("DELETE", "/v1/admin/drains/d-2", null, "drains[d-2] removed"),
            ("POST", Revisions + "/1:rollback", null, "drains[d-2] removed|fleet.sites[lon1] added"),
        ];
        foreach ((string method, string path, string? body, string change) in changes)
        {
            Answer answer = await _admin.UnchangedAsync(() => _admin.OperatorAsync(method, path + "?dry_run=true", body, ("If-Match", "\"3\"")));
            JsonElement run = answer.Succeeds().Json;
            Assert.Equal((true, 3), (run.GetProperty("dry_run").GetBoolean(), run.GetProperty("revision").GetInt32()));
            Assert.Equal(change.Split('|'), run.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("path").GetString()} {c.GetProperty("change").GetString()}"));
        }
    }

    [Fact]
    public async Task A_dry_run_is_refused_where_the_change_would_be_and_a_misspelt_one_too()
    {
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("POST", "/v1/admin/drains?dry_run=true", """{"target":"ams","reason":"r","expires_at":"2030-05-01T14:00:00Z"}""")))
            .Fails(409, "conflict", "target");
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("DELETE", "/v1/admin/drains/d-2?dry_run=yes"))).Fails(400, "invalid-request", "dry_run");
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", "/v1/admin/fleet?dry_run=true", SmallFleet.Json("ams c Edge"), ("If-Match", "\"2\"")))).Fails(412, "stale-version");
    }

    [Fact]
    public async Task Of_two_operators_who_write_at_once_one_wins_and_nothing_is_lost()
    {
        const int Writers = 8, Each = 5;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < Each;)
            {
                // As an operator would: read, add a site of one's own, write upon what was read; who loses reads again.
                Answer fleet = (await _admin.OperatorAsync("GET", "/v1/admin/fleet")).Succeeds();
                string more = fleet.Text.Replace("\"sites\":[", $"\"sites\":[{SiteJson($"w{writer}-{i}")},", StringComparison.Ordinal);
                Answer put = await _admin.OperatorAsync("PUT", "/v1/admin/fleet", more, ("If-Match", fleet.ETag!));
                if (put.Status == 412) Assert.True(put.Fails(412, "stale-version").Json.GetProperty("revision").GetInt64() > long.Parse(fleet.ETag!.Trim('"'), System.Globalization.CultureInfo.InvariantCulture));
                else i += put.Succeeds().Status == 200 ? 1 : 0;
            }
        })));
        string[] sites = [.. _admin.Centre.Current.Fleet.Sites.Select(site => site.Id).Where(id => id[0] == 'w')];
        Assert.Equal(Enumerable.Range(0, Writers).SelectMany(w => Enumerable.Range(0, Each).Select(i => $"w{w}-{i}")), sites.Order());
        Assert.Equal(3 + (Writers * Each), _admin.Centre.Current.Revision);
    }

    private static string SiteJson(string id) =>
        $$"""{"id":"{{id}}","kind":"pop","region":"europe","place":"London","country":"GB","latitude":51.5,"longitude":-0.1,"tariff":"flat","upstreams":[],"nodes":[]}""";

    [Fact]
    public async Task One_revision_comes_with_its_state()
    {
        Answer answer = (await _admin.OperatorAsync("GET", Revisions + "/2")).Succeeds();
        Assert.Equal((2, "drain", 2, 2), (
            answer.Json.GetProperty("revision").GetInt32(),
            answer.Json.GetProperty("kind").GetString(),
            answer.Json.GetProperty("sites").GetInt32(),
            answer.Json.GetProperty("nodes").GetInt32()));
        Assert.Equal("d-2", answer.Json.GetProperty("drains")[0].GetProperty("id").GetString());
        Assert.Equal(["drains", "fleet", "overrides", "policy", "zones"], answer.Json.GetProperty("documents").EnumerateObject().Select(document => document.Name));
    }

    [Theory]
    [InlineData("/4")]
    [InlineData("/0")]
    [InlineData("/abc")]
    public async Task An_unknown_revision_is_404(string path)
    {
        (await _admin.OperatorAsync("GET", Revisions + path)).Fails(404, "not-found");
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("POST", Revisions + path + ":rollback"))).Fails(404, "not-found");
    }

    [Fact]
    public async Task A_rollback_makes_the_whole_state_of_a_revision_the_present_again()
    {
        await _admin.OperatorAsync("DELETE", "/v1/admin/drains/d-2");
        Answer answer = (await _admin.OperatorAsync("POST", Revisions + "/2:rollback", """{"reason":"that was wrong"}""")).Succeeds();
        Assert.Equal("""{"revision":5,"restored":2,"drains":["d-2"]}""", answer.Text);
        Assert.Equal(["c", "a"], _admin.Applied[^1].Fleet.Nodes.Select(node => node.Id));
        Assert.Equal("d-2", Assert.Single(_admin.Applied[^1].Drains).Id);
        var stored = (await _admin.Stores.Revisions.ReadNewestAsync(default))!.Revision;
        Assert.Equal(("the operator", "that was wrong"), (stored.Author, stored.Reason));
    }

    [Fact]
    public async Task A_rollback_does_not_bring_back_a_drain_that_has_expired()
    {
        _admin.Clock.Now += TimeSpan.FromHours(2);
        (await _admin.OperatorAsync("POST", Revisions + "/2:rollback")).Succeeds();
        Assert.Empty(_admin.Centre.Current.Drains);
        Assert.Equal("rollback to revision 2", (await _admin.Stores.Revisions.ReadNewestAsync(default))!.Revision.Reason);
    }

    [Fact]
    public async Task A_repeated_rollback_acts_once()
    {
        Answer first = await _admin.OperatorAsync("POST", Revisions + "/2:rollback", null, ("Idempotency-Key", "k"));
        await _admin.OperatorAsync("PUT", "/v1/admin/fleet", SmallFleet.Json("ams c Edge"), ("If-Match", "*"));
        Answer second = await _admin.UnchangedAsync(() => _admin.OperatorAsync("POST", Revisions + "/2:rollback", null, ("Idempotency-Key", "k")));
        Assert.Equal((200, first.Text), (second.Status, second.Text));
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("POST", Revisions + "/2:rollback", """{"reason":"y"}""", ("Idempotency-Key", "k"))))
            .Fails(422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_rollback_that_would_leave_no_serving_node_is_409_unless_forced()
    {
        await _admin.OperatorAsync("PUT", "/v1/admin/fleet", SmallFleet.Json(), ("If-Match", "*"));
        await _admin.OperatorAsync("PUT", "/v1/admin/fleet", SmallFleet.Json("ams c Edge"), ("If-Match", "*"));
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("POST", Revisions + "/4:rollback"))).Fails(409, "conflict", "revision");
        (await _admin.OperatorAsync("POST", Revisions + "/4:rollback", """{"force":true}""")).Succeeds();
    }

    [Fact]
    public async Task A_rollback_upon_another_revision_is_412()
        => (await _admin.UnchangedAsync(() => _admin.OperatorAsync("POST", Revisions + "/2:rollback", null, ("If-Match", "\"2\"")))).Fails(412, "stale-version");

    [Theory]
    [InlineData("""{"reason":""}""", "reason")]
    [InlineData("""{"because":"x"}""", "because")]
    public async Task Every_fault_of_a_rollback_is_named(string body, params string[] fields)
        => (await _admin.UnchangedAsync(() => _admin.OperatorAsync("POST", Revisions + "/2:rollback", body))).Fails(422, "invalid-fields", fields);

    private static IEnumerable<int> Numbers(Answer answer)
        => answer.Json.GetProperty("revisions").EnumerateArray().Select(revision => revision.GetProperty("revision").GetInt32());
}
