using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Security;
using Scheduler.State.Auditing;

namespace Scheduler.Tests.Server.Admin;

public sealed class AuditCallTests : IAsyncLifetime
{
    private const string Drain = """{"target":"lon1","reason":"fibre cut","expires_at":"2030-05-01T14:00:00Z"}""";

    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: ["lon1 a Edge", "ams c Edge"]);

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task A_change_is_on_record_with_who_what_why_and_the_revision_it_made()
    {
        (await _admin.OperatorAsync("POST", "/v1/admin/drains", Drain)).Succeeds(201);
        JsonElement entry = Assert.Single(await EntriesAsync("?operation=drains"));
        Assert.Equal(
            ("the operator", "operator", "POST /v1/admin/drains", "d-2", 201, 2, "fibre cut", 1, "2030-05-01T12:00:00Z"),
            (Text(entry, "caller"), Text(entry, "role"), Text(entry, "operation"), Text(entry, "target"), entry.GetProperty("status").GetInt32(),
                entry.GetProperty("revision").GetInt32(), Text(entry, "reason"), entry.GetProperty("calls").GetInt32(), Text(entry, "at")));
        Assert.Equal(_admin.Keys.Keys[1].Id, Text(entry, "key_id"));
    }

    [Fact]
    public async Task A_refused_call_is_on_record_as_well_and_a_stranger_has_no_name()
    {
        (await _admin.CallAsync(AdminRole.Viewer, "POST", "/v1/admin/drains", Drain)).Fails(403);
        (await _admin.CallAsync(null, "DELETE", "/v1/admin/drains/d-secret-words")).Fails(401);
        (await _admin.OperatorAsync("PUT", "/v1/admin/fleet", SmallFleet.Json("ams c Edge"), ("If-Match", "\"9\""))).Fails(412);
        await WriteAllAsync();
        JsonElement[] refused = await EntriesAsync("?status=4xx");
        Assert.Equal(
            ["DELETE /v1/admin/drains/{id} 401", "POST /v1/admin/drains 403", "PUT /v1/admin/fleet 412"],
            refused.Select(entry => $"{Text(entry, "operation")} {entry.GetProperty("status")}").Order());
        JsonElement stranger = refused.Single(entry => entry.GetProperty("status").GetInt32() == 401);
        Assert.False(stranger.TryGetProperty("caller", out _) || stranger.TryGetProperty("target", out _) || stranger.TryGetProperty("revision", out _));
        Assert.Equal("the viewer", Text(refused.Single(entry => entry.GetProperty("status").GetInt32() == 403), "caller"));
    }

    [Fact]
    public async Task Reads_are_counted_by_the_minute_and_a_key_is_never_on_record()
    {
        for (int i = 0; i < 5; i++) (await _admin.OperatorAsync("GET", "/v1/admin/fleet?revision=1")).Succeeds();
        string secret = (await _admin.AdminAsync("POST", "/v1/admin/keys", """{"kind":"viewer","name":"eve"}""")).Succeeds(201).Json.GetProperty("key").GetString()!;
        await WriteAllAsync();
        Answer log = await _admin.OperatorAsync("GET", "/v1/admin/audit");
        Assert.DoesNotContain(secret, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("revision=1", log.Text, StringComparison.Ordinal);
        JsonElement read = Assert.Single(log.Json.GetProperty("entries").EnumerateArray(), entry => Text(entry, "operation") == "GET /v1/admin/fleet");
        Assert.Equal(5, read.GetProperty("calls").GetInt32());
        Assert.False(read.TryGetProperty("revision", out _));
    }

    [Fact]
    public async Task A_dry_run_is_on_record_as_one()
    {
        (await _admin.OperatorAsync("POST", "/v1/admin/drains?dry_run=true", Drain)).Succeeds();
        JsonElement entry = Assert.Single(await EntriesAsync("?operation=dry_run"));
        Assert.Equal(("POST /v1/admin/drains?dry_run=true", "lon1"), (Text(entry, "operation"), Text(entry, "target")));
        Assert.False(entry.TryGetProperty("revision", out _));
    }

    [Fact]
    public async Task The_log_pages_and_is_exported_whole_a_line_each()
    {
        for (int i = 0; i < 5; i++) (await _admin.OperatorAsync("PUT", "/v1/admin/nodes/a/state", $$"""{"in_service":true,"weight":0.{{i + 1}},"reason":"r{{i}}"}""")).Succeeds();
        Answer first = (await _admin.OperatorAsync("GET", "/v1/admin/audit?limit=2&target=a")).Succeeds();
        Answer second = (await _admin.OperatorAsync("GET", $"/v1/admin/audit?limit=3&target=a&cursor={first.Json.GetProperty("next").GetString()}")).Succeeds();
        Assert.Equal(["r4", "r3", "r2", "r1", "r0"], first.Json.GetProperty("entries").EnumerateArray().Concat(second.Json.GetProperty("entries").EnumerateArray()).Select(e => Text(e, "reason")));
        Assert.False(second.Json.TryGetProperty("next", out _));

        Answer lines = (await _admin.OperatorAsync("GET", "/v1/admin/audit?format=jsonl&target=a&limit=2")).Succeeds();
        Assert.Equal("application/jsonl", lines.MediaType);
        string[] text = lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["r4", "r3", "r2", "r1", "r0"], text.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Every_filter_that_cannot_be_is_named()
    {
        (await _admin.OperatorAsync("GET", "/v1/admin/audit?status=9xx&since=yesterday&revision=x&format=xml&limit=0"))
            .Fails(400, "invalid-request", "status", "since", "revision", "format", "limit");
        (await _admin.CallAsync(null, "GET", "/v1/admin/audit")).Fails(401);
    }

    private async Task<JsonElement[]> EntriesAsync(string query) =>
        [.. (await _admin.OperatorAsync("GET", "/v1/admin/audit" + query)).Succeeds().Json.GetProperty("entries").EnumerateArray()];

    private ValueTask WriteAllAsync() => _admin.Services.GetRequiredService<AuditTrail>().WriteAsync(all: true, default);

    private static string? Text(JsonElement entry, string member) => entry.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;
}
