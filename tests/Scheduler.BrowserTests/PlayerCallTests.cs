using System.Text.Json;
using Microsoft.Playwright;
using Scheduler.IntegrationTests;

namespace Scheduler.BrowserTests;

/// <summary>A page of another origin asks where to play, as a web player does.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PlayerCallTests(BrowserFixture fixture)
{
    [Fact]
    public async Task A_page_of_another_origin_opens_a_session_with_fetch()
    {
        using ScratchDirectory scratch = new();
        await using ServerProcess server = await ServerProcess.StartAsync(scratch.Root, "--demo");
        await server.ReadyAsync();
        await using IBrowserContext context = await fixture.Browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.RouteAsync("http://player.example/", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = "<!doctype html>" }));
        await page.GotoAsync("http://player.example/");
        JsonElement answer = await page.EvaluateAsync<JsonElement>(
            "async url => await (await fetch(url + '/v1/sessions', { method: 'POST', body: JSON.stringify({ stream: 'live-42' }) })).json()", server.Url);
        Assert.True(answer.GetProperty("candidates").GetArrayLength() > 0);
    }
}
