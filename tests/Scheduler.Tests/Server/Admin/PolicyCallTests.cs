using Scheduler.Server.Security;

namespace Scheduler.Tests.Server.Admin;

public sealed class PolicyCallTests : IAsyncLifetime
{
    private const string Policy = "/v1/admin/policy";
    private const string Fenced = """{"fences":[{"id":"f","countries":["DE"],"deny":{"sites":["lon1"]},"reason":"a court said so"}]}""";

    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: ["lon1 lon1-01 Edge", "ams ams-01 Edge"]);

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task A_new_store_has_a_policy_that_asks_nothing()
    {
        Answer answer = (await _admin.CallAsync(AdminRole.Viewer, "GET", Policy)).Succeeds();
        Assert.Equal(("\"1\"", "application/json", "{}"), (answer.ETag, answer.MediaType, answer.Text));
        Answer yaml = (await _admin.OperatorAsync("GET", Policy + "?format=yaml")).Succeeds();
        Assert.Equal("application/yaml", yaml.MediaType);
        Assert.StartsWith("weights: {}\n", yaml.Text, StringComparison.Ordinal);
        Assert.Contains("\n  # near_ms: 2 # 0 to 100; by class too\n", yaml.Text, StringComparison.Ordinal); // what could be set
    }

    [Fact]
    public async Task A_put_is_one_revision_of_its_kind_and_is_applied()
    {
        Answer answer = (await Put(Fenced, 1, "?reason=court")).Succeeds();
        Assert.Equal(("\"2\"", 1, 0), (answer.ETag, answer.Json.GetProperty("fences").GetInt32(), answer.Json.GetProperty("classes").GetInt32()));
        Assert.Equal("f", Assert.Single(_admin.Applied[^1].Policy.Fences).Id);
        Assert.Equal(Fenced, (await _admin.OperatorAsync("GET", Policy)).Succeeds().Text);
        Answer revision = (await _admin.OperatorAsync("GET", "/v1/admin/revisions/2")).Succeeds();
        Assert.Equal(("policy", "court", "the operator"), (revision.Json.GetProperty("kind").GetString(), revision.Json.GetProperty("reason").GetString(), revision.Json.GetProperty("author").GetString()));
        Assert.Equal("{}", (await _admin.OperatorAsync("GET", Policy + "?revision=1")).Succeeds().Text);
        Assert.Equal("\"2\"", (await Put(Fenced, 2)).Succeeds().ETag); // the same again is no revision
    }

    [Fact]
    public async Task A_put_takes_yaml()
    {
        const string yaml = "classes:\n  - {id: cup, streams: ['cup-*'], sites: {sites: [ams]}}\n";
        (await _admin.CallAsync(AdminRole.Operator, "PUT", Policy, yaml, "application/yaml", ("If-Match", "\"1\""))).Succeeds();
        Assert.Equal("cup", Assert.Single(_admin.Centre.Current.Policy.Classes).Id);
    }

    [Fact]
    public async Task A_put_needs_the_newest_revision()
    {
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", Policy, Fenced))).Fails(428, "version-required");
        (await _admin.UnchangedAsync(() => Put(Fenced, 7))).Fails(412, "stale-version");
    }

    [Fact]
    public async Task Every_problem_is_told_and_nothing_is_changed() => (await _admin.UnchangedAsync(() => Put(
        """{"weights":{"knee":7},"fences":[{"id":"f","countries":["DE"],"deny":{"sites":["gone"]},"reason":"r"}],"more":1}""", 1)))
        .Fails(422, "invalid-fields", "weights.knee", "fences[0].deny.sites[0]", "more");

    [Fact]
    public async Task A_fleet_that_lacks_a_site_which_the_policy_names_is_refused_with_all_problems()
    {
        (await Put(
            """{"fences":[{"id":"f","countries":["DE"],"deny":{"sites":["lon1"]},"reason":"r"}],"classes":[{"id":"c","streams":["c"],"sites":{"sites":["ams","lon1"]}}]}""", 1)).Succeeds();
        (await _admin.UnchangedAsync(() => _admin.OperatorAsync("PUT", "/v1/admin/fleet", SmallFleet.Json("ams ams-01 Edge"), ("If-Match", "\"2\""))))
            .Fails(422, "invalid-fields", "policy.fences[0].deny.sites[0]", "policy.classes[0].sites.sites[1]");
        (await Put("{}", 2)).Succeeds();
        (await _admin.OperatorAsync("PUT", "/v1/admin/fleet", SmallFleet.Json("ams ams-01 Edge"), ("If-Match", "\"3\""))).Succeeds();
    }

    [Fact]
    public async Task A_rollback_brings_the_policy_back_with_the_rest()
    {
        (await Put(Fenced, 1)).Succeeds();
        (await Put("{}", 2)).Succeeds();
        (await _admin.OperatorAsync("POST", "/v1/admin/revisions/2:rollback")).Succeeds();
        Assert.Equal("f", Assert.Single(_admin.Applied[^1].Policy.Fences).Id);
        (await _admin.OperatorAsync("POST", "/v1/admin/revisions/1:rollback")).Succeeds();
        Assert.Equal("{}", (await _admin.OperatorAsync("GET", Policy)).Succeeds().Text);
    }

    [Fact]
    public async Task A_key_of_a_player_or_backend_may_have_a_tenant()
    {
        Answer made = (await _admin.AdminAsync("POST", "/v1/admin/keys", """{"kind":"player","name":"app","tenant":"acme"}""")).Succeeds(201);
        Assert.Equal("acme", made.Json.GetProperty("tenant").GetString());
        Assert.Equal("acme", _admin.Keys.Ring.Find(made.Json.GetProperty("key").GetString()).Tenant);
        (await _admin.AdminAsync("POST", "/v1/admin/keys", """{"kind":"operator","name":"op","tenant":"acme"}""")).Fails(422, "invalid-fields", "tenant");
        (await _admin.AdminAsync("POST", "/v1/admin/keys", """{"kind":"player","name":"app2","tenant":"Acme!"}""")).Fails(422, "invalid-fields", "tenant");
    }

    private Task<Answer> Put(string policy, long revision, string query = "") =>
        _admin.OperatorAsync("PUT", Policy + query, policy, ("If-Match", $"\"{revision}\""));
}
