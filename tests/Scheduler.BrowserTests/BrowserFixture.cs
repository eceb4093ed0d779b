using Microsoft.Playwright;

namespace Scheduler.BrowserTests;

/// <summary>One chromium for all tests: the one of the system (<c>apt install chromium</c>), or the one that SCHEDULER_CHROMIUM names.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Variable = "SCHEDULER_CHROMIUM";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The running browser; each test opens a context of its own.</summary>
    public IBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(Options());
    }

    /// <summary>How it is launched, for tests that need one of their own.</summary>
    /// <param name="more">Arguments beside those that every one has.</param>
    public static BrowserTypeLaunchOptions Options(params string[] more) => new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable(Variable) ?? "/usr/bin/chromium",
        // Chromium's own sandbox does not work for root, which is who runs in a container.
        Args =
        [
            "--no-sandbox", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
            // A page made up by a test has no address of this machine; the servers it asks have.
            "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
            .. more,
        ],
    };

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
