using System.Text.Json;
using Microsoft.Playwright;
using Scheduler.IntegrationTests;
using Xunit.Abstractions;

namespace Scheduler.BrowserTests.OperatorConsole;

/// <summary>Every page at both widths, light and dark: nothing in the console, nothing that overflows, nothing too heavy, and nothing that a keyboard or a screen reader cannot use.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageTests(BrowserFixture fixture, ConsoleServer server, ITestOutputHelper output) : IClassFixture<ConsoleServer>
{
    private const int MostBytes = 300_000;

    private static readonly string[] Pages =
    [
        "/", "/console/sites", "/console/sites?sort=-use&q=1", "/console/sites/lon1", "/console/drains", "/console/drains/new", "/console/drains/new?site=lon1&ramp_s=60",
        "/console/why", "/console/why?stream=live-42&client_ip=81.2.69.142", "/console/plan", "/console/simulations", "/console/revisions", "/console/revisions/1", "/console/audit", "/console/keys",
        "/console/sign-in",
    ];

    [Fact]
    public async Task No_page_complains_overflows_or_weighs_too_much()
    {
        await PreviewableAsync();
        foreach ((int width, int height, ColorScheme scheme) in ((int, int, ColorScheme)[])[(1280, 800, ColorScheme.Light), (390, 844, ColorScheme.Dark)])
        {
            foreach (string path in Pages)
            {
                await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url, width, height, scheme);
                long bytes = 0;
                watched.Page.Response += async (_, response) =>
                {
                    if (!response.Url.EndsWith("/events", StringComparison.Ordinal)) Interlocked.Add(ref bytes, (await response.BodyAsync()).Length);
                };
                IResponse answer = await watched.GoAsync(path);
                Assert.Equal(200, answer.Status);
                if (await watched.Page.Locator("body[data-live]").CountAsync() > 0) await watched.SaysAsync("#pulse", "live");
                int beyond = await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(beyond <= 0, $"{path} at {width} is {beyond} pixels too wide");
                Assert.True(watched.Complaints.Count == 0, $"{path}: {string.Join("; ", watched.Complaints)}");
                Assert.InRange(Volatile.Read(ref bytes), 1, MostBytes);
                if (width == 1280) output.WriteLine($"{path}: {bytes} bytes");
            }
        }
    }

    [AxeFact]
    public async Task Axe_finds_nothing_on_any_page_light_or_dark_wide_or_narrow()
    {
        await PreviewableAsync();
        string axe = await File.ReadAllTextAsync(AxeFactAttribute.Path!);
        var found = new List<string>();
        foreach ((int width, ColorScheme scheme) in ((int, ColorScheme)[])[(1280, ColorScheme.Light), (390, ColorScheme.Dark)])
        {
            await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url, width, 900, scheme);
            foreach (string path in Pages)
            {
                await watched.GoAsync(path);
                await watched.Page.EvaluateAsync(axe);
                JsonElement result = await watched.Page.EvaluateAsync<JsonElement>(
                    "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] })).violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '))");
                found.AddRange(result.EnumerateArray().Select(violation => $"{path} at {width}, {scheme}: {violation.GetString()}"));
            }
        }
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public async Task A_keyboard_reaches_the_content_and_the_focus_is_seen()
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, server.Url);
        await watched.GoAsync("/console/sites");
        await watched.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await watched.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.True(await watched.Page.EvaluateAsync<bool>("document.activeElement.getBoundingClientRect().top >= 0"));
        await watched.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await watched.Page.EvaluateAsync<string>("document.activeElement.id"));
        for (int i = 0; i < 12; i++)
        {
            await watched.Page.Keyboard.PressAsync("Tab");
            string outline = await watched.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle + ' ' + document.activeElement.outerHTML.slice(0, 80)");
            Assert.StartsWith("solid", outline, StringComparison.Ordinal);
        }
    }

    /// <summary>Previews need a plan, which comes with the first reports.</summary>
    private Task PreviewableAsync() => Deadline.UntilAsync(
        async () =>
        {
            using var http = new HttpClient();
            return (await http.GetAsync(server.Url + "/console/drains/new?site=lon1&ramp_s=60")).IsSuccessStatusCode;
        },
        "previewed");
}
