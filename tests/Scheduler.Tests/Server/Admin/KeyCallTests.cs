using Scheduler.Server.Security;

namespace Scheduler.Tests.Server.Admin;

public sealed class KeyCallTests : IAsyncLifetime
{
    private const string Keys = "/v1/admin/keys";

    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: ["lon1 a Edge", "ams c Edge"]);

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task A_new_key_is_shown_once_and_holds_at_once()
    {
        Answer made = (await Post("""{"kind":"reporter","name":"london","sites":["lon1","ams","lon1"]}""")).Succeeds(201);
        string secret = made.Json.GetProperty("key").GetString()!;
        string id = made.Json.GetProperty("id").GetString()!;
        Assert.Equal($"/v1/admin/keys/{id}", made.Headers.Location!.ToString());
        Assert.True(made.Headers.CacheControl!.NoStore);
        Assert.True(_admin.Keys.Ring.Find(secret).MayReportFor("lon1"));

        Answer list = (await _admin.AdminAsync("GET", Keys)).Succeeds();
        Assert.DoesNotContain("\"key\"", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", list.Text, StringComparison.Ordinal);
        Assert.Equal(["ams", "lon1"], list.Json.GetProperty("keys")[3].GetProperty("sites").EnumerateArray().Select(site => site.GetString()));
        Assert.Equal("the admin", list.Json.GetProperty("keys")[3].GetProperty("created_by").GetString());
    }

    [Theory]
    [InlineData("player", "pk_p_")]
    [InlineData("backend", "sk_b_")]
    [InlineData("viewer", "sk_v_")]
    [InlineData("operator", "sk_o_")]
    [InlineData("admin", "sk_a_")]
    public async Task Every_kind_can_be_made(string kind, string prefix)
    {
        Answer made = (await Post($$"""{"kind":"{{kind}}","name":"new"}""")).Succeeds(201);
        Assert.StartsWith(prefix, made.Json.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.Equal(kind, made.Json.GetProperty("kind").GetString());
        Assert.False(made.Json.TryGetProperty("sites", out _));
    }

    [Theory]
    [InlineData("""{}""", "kind", "name")]
    [InlineData("""{"kind":"root","name":"x"}""", "kind")]
    [InlineData("""{"kind":"viewer","name":""}""", "name")]
    [InlineData("""{"kind":"viewer","name":"Scheduler"}""", "name")]
    [InlineData("""{"kind":"viewer","name":"demo"}""", "name")]
    [InlineData("""{"kind":"viewer","name":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}""", "name")]
    [InlineData("""{"kind":"viewer","name":"x","sites":["lon1"]}""", "sites")]
    [InlineData("""{"kind":"reporter","name":"x"}""", "sites")]
    [InlineData("""{"kind":"reporter","name":"x","sites":[]}""", "sites")]
    [InlineData("""{"kind":"reporter","name":"x","sites":"lon1"}""", "sites")]
    [InlineData("""{"kind":"reporter","name":"x","sites":["lon1","par9",""]}""", "sites[2]")]
    [InlineData("""{"kind":"reporter","name":"x","sites":["lon1","par9","par8"]}""", "sites[1]", "sites[2]")]
    [InlineData("""{"kind":"viewer","name":"x","role":"admin"}""", "role")]
    public async Task Every_fault_of_a_key_is_named_at_once(string body, params string[] fields)
        => (await _admin.UnchangedAsync(() => Post(body))).Fails(422, "invalid-fields", fields);

    [Fact]
    public async Task A_name_that_another_holding_key_has_is_409()
    {
        string id = (await Post("""{"kind":"viewer","name":"grafana"}""")).Json.GetProperty("id").GetString()!;
        Answer taken = (await _admin.UnchangedAsync(() => Post("""{"kind":"operator","name":"grafana"}"""))).Fails(409, "conflict", "name");
        Assert.Equal(id, taken.Json.GetProperty("existing").GetString());
    }

    [Fact]
    public async Task A_repeated_post_makes_one_key_and_does_not_show_its_secret_again()
    {
        const string Body = """{"kind":"viewer","name":"grafana"}""";
        Answer first = (await Post(Body, "k")).Succeeds(201);
        Answer second = (await _admin.UnchangedAsync(() => Post(Body, "k"))).Succeeds(201);
        Assert.Equal(first.Json.GetProperty("id").GetString(), second.Json.GetProperty("id").GetString());
        Assert.False(second.Json.TryGetProperty("key", out _));
        (await _admin.UnchangedAsync(() => Post("""{"kind":"viewer","name":"other"}""", "k"))).Fails(422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_next_call_on()
    {
        Answer made = await Post("""{"kind":"viewer","name":"grafana"}""");
        string id = made.Json.GetProperty("id").GetString()!;
        (string, string) bearer = ("Authorization", $"Bearer {made.Json.GetProperty("key").GetString()}");
        (await _admin.CallAsync(null, "GET", "/v1/admin/drains", headers: bearer)).Succeeds();
        (await _admin.AdminAsync("DELETE", $"{Keys}/{id}")).Succeeds(204);
        (await _admin.CallAsync(null, "GET", "/v1/admin/drains", headers: bearer)).Fails(401, "unauthorized");
        (await _admin.AdminAsync("DELETE", $"{Keys}/{id}")).Fails(404, "not-found");
        Answer list = await _admin.AdminAsync("GET", Keys);
        Assert.Equal("the admin", list.Json.GetProperty("keys").EnumerateArray().Last().GetProperty("revoked_by").GetString());
    }

    [Fact]
    public async Task The_last_admin_key_is_kept()
    {
        string own = _admin.Keys.Keys.Single(key => key.Name == "the admin").Id;
        (await _admin.AdminAsync("DELETE", $"{Keys}/{own}")).Fails(409, "conflict");
        (await _admin.AdminAsync("GET", Keys)).Succeeds();
    }

    [Fact]
    public async Task Keys_are_paged_by_cursor()
    {
        Answer first = (await _admin.AdminAsync("GET", Keys + "?limit=2")).Succeeds();
        Assert.Equal(2, first.Json.GetProperty("keys").GetArrayLength());
        Answer second = (await _admin.AdminAsync("GET", $"{Keys}?limit=2&cursor={first.Json.GetProperty("next").GetString()}")).Succeeds();
        Assert.Single(second.Json.GetProperty("keys").EnumerateArray());
        Assert.False(second.Json.TryGetProperty("next", out _));
        Assert.Empty((await _admin.AdminAsync("GET", Keys + "?cursor=999999999999")).Succeeds().Json.GetProperty("keys").EnumerateArray());
    }

    private Task<Answer> Post(string body, string? key = null) => key is null
        ? _admin.AdminAsync("POST", Keys, body)
        : _admin.CallAsync(AdminRole.Admin, "POST", Keys, body, headers: ("Idempotency-Key", key));
}
