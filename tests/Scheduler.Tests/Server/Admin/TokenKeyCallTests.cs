using System.Text.Json;
using Scheduler.Server.Security;

namespace Scheduler.Tests.Server.Admin;

/// <summary><c>POST /v1/admin/token-keys:rotate</c>.</summary>
public sealed class TokenKeyCallTests
{
    private const string Path = "/v1/admin/token-keys:rotate";
    private const string Why = """{"reason":"once a year"}""";

    [Fact]
    public async Task A_rotation_tells_when_the_new_key_signs_and_lists_it_at_every_site()
    {
        await using AdminHarness admin = await AdminHarness.StartAsync(demo: false, new SecurityOptions(), "lon1 a Edge");
        JsonElement made = (await admin.AdminAsync("POST", Path, Why)).Succeeds(201).Json;
        Assert.Equal(2, made.GetProperty("id").GetInt32());
        Assert.Equal(600, (made.GetProperty("signs_from").GetDateTimeOffset() - made.GetProperty("created_at").GetDateTimeOffset()).TotalSeconds);
        Assert.False(made.TryGetProperty("key", out _));
        JsonElement keys = (await admin.AdminAsync("GET", "/v1/admin/sites/lon1/ticket-keys")).Succeeds().Json.GetProperty("keys");
        Assert.Equal([(1, true), (2, false)], keys.EnumerateArray().Select(key => (key.GetProperty("id").GetInt32(), key.GetProperty("current").GetBoolean())));
        (await admin.AdminAsync("POST", Path, Why)).Fails(409, "conflict");
    }

    [Fact]
    public async Task Keys_of_the_configuration_are_not_rotated_here_and_a_reason_is_due()
    {
        await using AdminHarness admin = await AdminHarness.StartAsync();
        (await admin.AdminAsync("POST", Path, Why)).Fails(409, "conflict");
        (await admin.AdminAsync("POST", Path, "{}")).Fails(422, "invalid-fields", "reason");
        (await admin.OperatorAsync("POST", Path, Why)).Fails(403, "forbidden");
    }
}
