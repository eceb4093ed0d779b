using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Live;

public sealed class UsageCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task Who_was_served_a_moment_ago_is_in_the_report_of_his_site_his_region_and_his_tenant()
    {
        string key = (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/admin/keys", """{"kind":"player","name":"an app","tenant":"acme"}""")).Succeeds(201).Json.GetProperty("key").GetString()!;
        JsonElement opened = (await scheduler.CallAsync(key, "POST", "/v1/sessions", """{"stream":"live-42"}""")).Succeeds(201).Json;
        string site = opened.GetProperty("candidates")[0].GetProperty("site").GetString()!;

        JsonElement bySite = (await UsageAsync("")).Succeeds().Json;
        Assert.True(Row(bySite, site).GetProperty("sessions").GetInt64() >= 1);
        Assert.True(Row(bySite, site).GetProperty("rtt_ms").GetDouble() >= 0);
        Assert.Equal("region", (await UsageAsync("?by=region")).Succeeds().Json.GetProperty("by").GetString());
        JsonElement byTenant = (await UsageAsync("?by=tenant")).Succeeds().Json;
        Assert.Equal(1, Row(byTenant, "acme").GetProperty("sessions").GetInt64());
        Assert.False(Row(byTenant, "acme").TryGetProperty("commit_bps", out _));
    }

    [Fact]
    public async Task A_spreadsheet_and_a_page_say_the_same()
    {
        await scheduler.OpenAsync();
        Answer csv = (await UsageAsync("?format=csv")).Succeeds();
        Assert.Equal("text/csv", csv.MediaType);
        Assert.StartsWith("site,bits,peak_bps,p95_bps,commit_bps,cost,sessions,rtt_ms,refusals\r\n", csv.Text, StringComparison.Ordinal);
        Assert.Contains("\r\ntotal,", csv.Text, StringComparison.Ordinal);
        Answer page = (await UsageAsync("?format=html")).Succeeds();
        Assert.Equal("text/html", page.MediaType);
        Assert.StartsWith("<!doctype html>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<td>total", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_named_and_strangers_are_refused()
    {
        (await UsageAsync("?by=node&format=pdf&from=yesterday")).Fails(400, "invalid-request", "by", "format", "from");
        (await UsageAsync("?from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z")).Fails(400, "invalid-request", "to");
        (await UsageAsync("?from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z")).Fails(400, "invalid-request", "from");
        (await scheduler.CallAsync(scheduler.Key(ApiKeyKind.Backend), "GET", "/v1/admin/usage")).Fails(403);
    }

    private Task<Answer> UsageAsync(string query) => scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/usage" + query);

    private static JsonElement Row(JsonElement report, string name) => report.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("name").GetString() == name);
}
