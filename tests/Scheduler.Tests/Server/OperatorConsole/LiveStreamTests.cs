using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>The stream of the present, and what else the scripts ask.</summary>
public sealed class LiveStreamTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task A_page_is_told_at_once_and_then_each_second()
    {
        using HttpClient page = await SignedInAsync(scheduler.Key(ApiKeyKind.Viewer));
        using var stream = new StreamReader(await page.GetStreamAsync("/console/events"));
        JsonElement first = await NextAsync(stream), second = await NextAsync(stream);
        Assert.Equal(3, first.GetProperty("s").GetArrayLength());
        Assert.All(first.GetProperty("s").EnumerateArray(), site => Assert.Equal(9, site.GetArrayLength()));
        Assert.Equal(first.GetProperty("f").GetString(), second.GetProperty("f").GetString());
        Assert.True(second.GetProperty("at").GetInt64() > first.GetProperty("at").GetInt64());
    }

    [Fact]
    public async Task A_revoked_key_is_told_nothing_more()
    {
        JsonElement key = (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/admin/keys", """{"kind":"viewer","name":"listener"}""")).Succeeds(201).Json;
        using HttpClient page = await SignedInAsync(key.GetProperty("key").GetString()!);
        using var stream = new StreamReader(await page.GetStreamAsync("/console/events"));
        await NextAsync(stream);
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", $"/v1/admin/keys/{key.GetProperty("id").GetString()}")).Succeeds(204);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true) await NextAsync(stream);
        });
    }

    [Fact]
    public async Task The_past_and_the_flows_are_told_to_scripts()
    {
        using HttpClient page = await SignedInAsync(scheduler.Key(ApiKeyKind.Viewer));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await page.GetAsync("/console/past?steps=359")).StatusCode);
        Assert.Equal("[]", await page.GetStringAsync("/console/flows?site=nowhere"));
    }

    private async Task<HttpClient> SignedInAsync(string key)
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(key);
        var page = new HttpClient { BaseAddress = scheduler.Address };
        page.DefaultRequestHeaders.Add("Cookie", visitor.Cookie);
        return page;
    }

    private static async Task<JsonElement> NextAsync(StreamReader stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await stream.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonDocument.Parse(line["data: ".Length..]).RootElement;
        throw new IOException("the stream ended");
    }
}
