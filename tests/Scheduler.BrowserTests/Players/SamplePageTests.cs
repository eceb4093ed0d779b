using Microsoft.Playwright;
using Scheduler.IntegrationTests;

namespace Scheduler.BrowserTests.Players;

/// <summary>The page of <c>samples/web-player</c>, as it is, against the demo, whose nodes nobody can reach: so it also has to fail over.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SamplePageTests(BrowserFixture fixture)
{
    [PlayersFact]
    public async Task The_sample_page_opens_a_session_beats_fails_over_and_leaves()
    {
        using ScratchDirectory scratch = new();
        await using ServerProcess server = await ServerProcess.StartAsync(scratch.Root, "--Scheduler:Sessions:HeartbeatS=1", "--demo");
        await Deadline.UntilAsync(async () => (await server.CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 60);
        await using IBrowserContext context = await fixture.Browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        var faults = new List<string>();
        page.PageError += (_, fault) => faults.Add(fault);
        await page.RouteAsync("http://player.example/**", route =>
        {
            string file = FileOf(new Uri(route.Request.Url).AbsolutePath);
            return route.FulfillAsync(new RouteFulfillOptions { ContentType = Path.GetExtension(file) == ".html" ? "text/html" : "text/javascript", Path = file });
        });
        await page.GotoAsync("http://player.example/index.html");
        await page.Locator("[name=scheduler]").FillAsync(server.Url);
        await page.GetByText("Play", new PageGetByTextOptions { Exact = true }).ClickAsync();
        ILocator log = page.Locator("#log");
        await log.Filter(new LocatorFilterOptions { HasText = "session " }).WaitForAsync();
        string first = await page.Locator("li.playing").InnerTextAsync();
        await log.Filter(new LocatorFilterOptions { HasText = "beat: stay" }).WaitForAsync();
        await log.Filter(new LocatorFilterOptions { HasText = "failed: manifestLoadError" }).WaitForAsync();
        await Deadline.UntilAsync(async () => await page.Locator("li.playing").InnerTextAsync() != first, "at another node");
        Assert.Equal("0", await server.MetricAsync("scheduler_sessions_ended_total{cause=\"closed\"}")); // he moved, and is the same viewer
        await page.Locator("#leave").ClickAsync();
        await Deadline.UntilAsync(async () => await server.MetricAsync("scheduler_sessions_ended_total{cause=\"closed\"}") == "1", "left");
        Assert.Empty(faults);
    }

    private static string FileOf(string path)
    {
        const string Packages = "/node_modules/";
        if (path.StartsWith(Packages, StringComparison.Ordinal)) return Path.Combine(PlayersFactAttribute.Packages!, path[Packages.Length..]);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "samples", "web-player", path.TrimStart('/'));
            if (File.Exists(file)) return file;
        }
        throw new FileNotFoundException(path);
    }
}
