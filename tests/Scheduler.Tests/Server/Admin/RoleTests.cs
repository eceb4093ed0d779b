using System.Net;
using Scheduler.Server.Security;

namespace Scheduler.Tests.Server.Admin;

public sealed class RoleTests
{
    /// <summary>Every call of the admin API with the least role it takes.</summary>
    public static TheoryData<string, string, AdminRole> Calls => new()
    {
        { "GET", "/v1/admin/fleet", AdminRole.Viewer },
        { "PUT", "/v1/admin/fleet", AdminRole.Operator },
        { "PUT", "/v1/admin/nodes/a/state", AdminRole.Operator },
        { "GET", "/v1/admin/drains", AdminRole.Viewer },
        { "GET", "/v1/admin/drains/d-1", AdminRole.Viewer },
        { "POST", "/v1/admin/drains", AdminRole.Operator },
        { "DELETE", "/v1/admin/drains/d-1", AdminRole.Operator },
        { "GET", "/v1/admin/revisions", AdminRole.Viewer },
        { "GET", "/v1/admin/revisions/1", AdminRole.Viewer },
        { "POST", "/v1/admin/revisions/1:rollback", AdminRole.Operator },
        { "GET", "/v1/admin/sites/lon1/ticket-keys", AdminRole.Admin },
        { "GET", "/v1/admin/keys", AdminRole.Admin },
        { "POST", "/v1/admin/keys", AdminRole.Admin },
        { "DELETE", "/v1/admin/keys/abc", AdminRole.Admin },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_takes_its_role_and_no_lesser_one(string method, string path, AdminRole least)
    {
        await using AdminHarness admin = await AdminHarness.StartAsync(fleet: "lon1 a Edge");
        Answer none = await admin.UnchangedAsync(() => admin.CallAsync(null, method, path, "{}"));
        none.Fails(401, "unauthorized");
        Assert.StartsWith("Bearer", none.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Answer wrong = await admin.UnchangedAsync(() => admin.CallAsync(null, method, path, "{}", headers: ("Authorization", "Bearer nonsense")));
        Assert.Contains("invalid_token", wrong.Fails(401, "unauthorized").Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        foreach (AdminRole role in Enum.GetValues<AdminRole>())
        {
            Answer answer = await admin.CallAsync(role, method, path, "{}");
            if (role < least) answer.Fails(403, "forbidden");
            else Assert.DoesNotContain(answer.Status, (int[])[401, 403]);
        }
    }

    [Fact]
    public async Task In_demo_mode_loopback_may_do_everything_as_demo()
    {
        await using AdminHarness admin = await Demo();
        Answer answer = await admin.CallAsync(null, "POST", "/v1/admin/drains", """{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z"}""");
        Assert.Equal("demo", answer.Succeeds(201).Json.GetProperty("author").GetString());
        (await admin.CallAsync(null, "GET", "/v1/admin/keys")).Succeeds();
    }

    [Fact]
    public async Task In_demo_mode_other_addresses_need_a_key()
    {
        await using AdminHarness admin = await Demo();
        admin.Remote = IPAddress.Parse("192.0.2.7");
        (await admin.CallAsync(null, "GET", "/v1/admin/drains")).Fails(401, "unauthorized");
        (await admin.OperatorAsync("GET", "/v1/admin/drains")).Succeeds();
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:9999")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Host", "rebound.example")]
    public async Task In_demo_mode_a_page_of_another_site_needs_a_key(string header, string value)
    {
        await using AdminHarness admin = await Demo();
        Answer refused = await admin.UnchangedAsync(() => admin.CallAsync(
            null, "POST", "/v1/admin/drains", """{"target":"lon1","reason":"x","expires_at":"2030-05-01T14:00:00Z"}""", headers: (header, value)));
        refused.Fails(403, "forbidden");
        (await admin.CallAsync(AdminRole.Operator, "GET", "/v1/admin/drains", headers: (header, value))).Succeeds();
    }

    [Theory]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Host", "127.0.0.1:8080")]
    [InlineData("Host", "[::1]:8080")]
    public async Task In_demo_mode_our_own_pages_need_none(string header, string value)
    {
        await using AdminHarness admin = await Demo();
        (await admin.CallAsync(null, "GET", "/v1/admin/drains", headers: (header, value))).Succeeds();
    }

    private static async Task<AdminHarness> Demo()
    {
        AdminHarness admin = await AdminHarness.StartAsync(demo: true, "lon1 a Edge", "ams b Edge");
        admin.Remote = IPAddress.Loopback;
        return admin;
    }
}
