using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Scheduler.BrowserTests.OperatorConsole;

/// <summary>A page in a window of its own, whose console must stay empty.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly IBrowserContext _context;
    private readonly string _url;

    private WatchedPage(IBrowserContext context, IPage page, string url)
    {
        (_context, Page, _url) = (context, page, url);
        page.Console += (_, message) =>
        {
            // That a page was refused is told by its status, which tests assert.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, fault) => _complaints.Enqueue(fault);
    }

    public IPage Page { get; }

    /// <summary>What the browser complained of.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<WatchedPage> OpenAsync(BrowserFixture fixture, string url, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await fixture.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        return new WatchedPage(context, await context.NewPageAsync(), url);
    }

    public async Task<IResponse> GoAsync(string path) => (await Page.GotoAsync(_url + path))!;

    /// <summary>Waits until an element says something.</summary>
    public Task SaysAsync(string selector, string text) => Assertions.Expect(Page.Locator(selector).First).ToContainTextAsync(text, new LocatorAssertionsToContainTextOptions { Timeout = 15_000 });

    public async Task SignInAsync(string key, string to = "/")
    {
        await GoAsync($"/console/sign-in?to={Uri.EscapeDataString(to)}");
        await Page.FillAsync("#key", key);
        await Page.ClickAsync("form button");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
