using Microsoft.Playwright;
using Scheduler.IntegrationTests;

namespace Scheduler.BrowserTests.OperatorConsole;

/// <summary>What operators do with the console, in a browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FlowTests(BrowserFixture fixture, ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task A_drain_goes_from_its_preview_to_its_undo()
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        IPage page = watched.Page;
        await Deadline.UntilAsync(async () => (await watched.GoAsync("/console/drains/new?site=nyc1&ramp_s=0&hours=1")).Status == 200, "previewed");
        await watched.SaysAsync("h1", "If nyc1 is drained");
        await page.FillAsync("#reason", "a new uplink");
        if (await page.Locator("input[name=force]").CountAsync() > 0) await page.CheckAsync("input[name=force]");
        await page.ClickAsync("text=Drain nyc1");
        await watched.SaysAsync("h1", "Drain of nyc1");
        await watched.SaysAsync("main", "a new uplink");
        string drain = new Uri(page.Url).AbsolutePath;

        await watched.GoAsync("/console/sites/nyc1");
        await watched.SaysAsync(".head .state", "drained");
        await page.ClickAsync("text=See its drain");
        await page.FillAsync("input[name=reason]", "the uplink is up");
        await page.ClickAsync("text=Undo the drain");
        await watched.SaysAsync("h1", "nyc1 comes back");
        await watched.GoAsync("/console/revisions");
        await watched.SaysAsync("tbody", "the uplink is up");
        Assert.Equal(404, (await watched.GoAsync(drain)).Status);
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task The_world_follows_the_viewers_and_a_chosen_site_shows_where_they_are()
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        IPage page = watched.Page;
        await watched.GoAsync("/");
        await watched.SaysAsync("#pulse", "live");
        static long Number(string text) => long.Parse(string.Concat(text.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
        long before = Number((await page.TextContentAsync("#t-sessions"))!);
        await server.OpenAsync(300, "more");
        await Deadline.UntilAsync(async () => Number((await page.TextContentAsync("#t-sessions"))!) >= before + 250, "told of new viewers");

        await page.FillAsync("#find-site", "lon1");
        await page.ClickAsync("#find button");
        await watched.SaysAsync("#picked h2", "lon1");
        await Assertions.Expect(page.Locator("#arcs path").First).ToBeAttachedAsync(new LocatorAssertionsToBeAttachedOptions { Timeout = 20_000 });
        await page.ClickAsync("[data-view] >> nth=0");
        await page.ClickAsync("#whole");
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task The_scrubber_shows_the_past_and_comes_back()
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        IPage page = watched.Page;
        await Deadline.UntilAsync(
            async () =>
            {
                await watched.GoAsync("/");
                return await page.IsEnabledAsync("#scrub");
            },
            "seen for twenty seconds", seconds: 40);
        await page.FocusAsync("#scrub");
        await page.Keyboard.PressAsync("ArrowLeft");
        await watched.SaysAsync("#scrub-at", "UTC");
        await page.ClickAsync("#scrub-now");
        await watched.SaysAsync("#scrub-at", "now");
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task A_viewer_signs_in_sees_and_may_not_drain()
    {
        (string id, string key) = await server.KeyAsync("viewer", "a viewer");
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        IPage page = watched.Page;
        await watched.SignInAsync("sk_v_wrong");
        await watched.SaysAsync("[role=alert]", "unknown or was revoked");
        await watched.SignInAsync(key, "/console/sites");
        await watched.SaysAsync(".who", "a viewer");
        Assert.Equal("/console/sites", new Uri(page.Url).AbsolutePath);
        Assert.Equal(0, await page.Locator("nav >> text=Keys").CountAsync());
        Assert.Equal(403, (await watched.GoAsync("/console/keys")).Status);
        await Deadline.UntilAsync(async () => (await watched.GoAsync("/console/drains/new?site=par1")).Status == 200, "previewed");
        await watched.SaysAsync("main", "takes the role operator");
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));

        // The key is revoked while a page is open: it is told no more, and the next one is the demo's, which needs no key.
        await watched.GoAsync("/");
        await watched.SaysAsync("#pulse", "live");
        await server.CallAsync(HttpMethod.Delete, $"/v1/admin/keys/{id}");
        await watched.GoAsync("/");
        await watched.SaysAsync(".who", "demo");
    }

    [Fact]
    public async Task A_decision_is_explained_as_a_table_and_on_the_map()
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        await watched.GoAsync("/console/why");
        await watched.Page.FillAsync("input[name=client_ip]", "81.2.69.142");
        await watched.Page.FillAsync("input[name=stream]", "live-42");
        await watched.Page.ClickAsync("text=Explain");
        await watched.SaysAsync(".verdict", "live-42 would go to lon1");
        Assert.True(await watched.Page.Locator(".mark").CountAsync() > 3);
        Assert.Equal(1, await watched.Page.Locator("table.terms tr.chosen").CountAsync());
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task What_if_a_site_dies_is_played_while_one_watches()
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        IPage page = watched.Page;
        await watched.GoAsync("/console/simulations?target=fra1");
        await page.FillAsync("input[name=minutes]", "0.5");
        await page.CheckAsync("input[value=fill]");
        await page.FillAsync("input[name=fill]", "10");
        await page.ClickAsync("text=Play it");
        await watched.SaysAsync("h1", "What if fra1 dies at 20:00 UTC?");
        await Assertions.Expect(page.Locator("iframe.report")).ToBeAttachedAsync(new LocatorAssertionsToBeAttachedOptions { Timeout = 90_000 });
        await Assertions.Expect(page.FrameLocator("iframe.report").Locator("h1")).ToContainTextAsync("live-fleet");
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task Keys_are_made_shown_once_and_revoked()
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        IPage page = watched.Page;
        await watched.GoAsync("/console/keys");
        await page.FillAsync("input[name=name]", "night shift");
        await page.SelectOptionAsync("select[name=kind]", "operator");
        await page.ClickAsync("text=Make a key");
        await watched.SaysAsync("#secret", "sk_o_");
        await watched.GoAsync("/console/keys");
        Assert.DoesNotContain("sk_o_", await page.ContentAsync(), StringComparison.Ordinal);
        await page.ClickAsync("tr:has-text('night shift') summary");
        await page.ClickAsync("text=Revoke night shift for good");
        await watched.SaysAsync("tr:has-text('night shift')", "revoked");
        Assert.Empty(watched.Complaints);
    }
}
