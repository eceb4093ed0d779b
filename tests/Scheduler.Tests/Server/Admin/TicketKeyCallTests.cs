using System.Text.Json;
using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Server.Admin;

public sealed class TicketKeyCallTests : IAsyncLifetime
{
    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: ["lon1 a Edge", "ams c Edge"]);

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task A_site_is_given_its_own_keys_and_no_one_may_keep_the_answer()
    {
        Answer answer = (await Get("lon1")).Succeeds();
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("lon1", answer.Json.GetProperty("site").GetString());
        int number = answer.Json.GetProperty("number").GetInt32();
        Assert.Equal(_admin.Centre.Current.Numbers.Sites[1], number);
        Assert.Equal(
            AdminHarness.TokenKeys.SiteKeys(number).Select(key => ((int)key.KeyId, Secret(key), key.KeyId == 3)),
            answer.Json.GetProperty("keys").EnumerateArray().Select(key => (
                key.GetProperty("id").GetInt32(), key.GetProperty("key").GetString()!, key.GetProperty("current").GetBoolean())));
        Assert.Equal(["a"], answer.Json.GetProperty("nodes").EnumerateObject().Select(node => node.Name));
    }

    [Fact]
    public async Task A_ticket_made_for_a_site_is_verified_by_what_the_site_was_given()
    {
        JsonElement given = (await Get("lon1")).Succeeds().Json;
        int number = given.GetProperty("number").GetInt32();
        JsonElement current = given.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("current").GetBoolean());
        var edge = new TicketKey(number, current.GetProperty("id").GetByte(), current.GetProperty("key").GetBytesFromBase64());
        var claims = new TicketClaims(Session: 9, Node: 1, Stream: 42, BitRateKbps: 3_000, Replica: 1, SessionKind.Play, ExpiresAtUnixS: 2_000);
        byte[] ticket = new byte[Ticket.Length];
        Ticket.Write(claims, AdminHarness.TokenKeys.SiteKey(number), ticket);
        Assert.Equal(TokenVerdict.Valid, Ticket.Read(ticket, [edge], nowUnixS: 1_000, out TicketClaims read));
        Assert.Equal(claims, read);
    }

    [Fact]
    public async Task Two_sites_have_no_key_in_common()
    {
        IEnumerable<string?> Keys(Answer answer) => answer.Json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("key").GetString());
        Assert.Empty(Keys(await Get("lon1")).Intersect(Keys(await Get("ams"))));
    }

    [Fact]
    public async Task An_unknown_site_is_404() => (await Get("par9")).Fails(404, "not-found");

    private static string Secret(TicketKey key)
    {
        byte[] secret = new byte[TicketKey.SecretLength];
        key.CopySecretTo(secret);
        return Convert.ToBase64String(secret);
    }

    private Task<Answer> Get(string site) => _admin.AdminAsync("GET", $"/v1/admin/sites/{site}/ticket-keys");
}
