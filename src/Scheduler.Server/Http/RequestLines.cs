namespace Scheduler.Server.Http;

/// <summary>
/// Keeps request lines out of the log whatever level is configured: the framework writes them whole, and with them <c>client_ip</c> and <c>?k=</c>.
/// Everything else that it logs can be turned on.
/// </summary>
internal static class RequestLines
{
    /// <summary>The categories that write request lines, with the least level at which they do not.</summary>
    private static readonly (string Category, LogLevel Least)[] Writers =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None), // every request's; while any level of it is on, each request pays for a scope and an activity
        ("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Information), // the broken one's at debug
    ];

    /// <summary>Adds a last rule for each of them. A rule for one provider goes before one for all, so each provider that has rules gets its own.</summary>
    /// <param name="services">The services.</param>
    public static void KeepOutOfLogs(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(filters =>
    {
        string?[] providers = [.. filters.Rules.Select(rule => rule.ProviderName).Append(null).Distinct()];
        foreach (string? provider in providers)
            foreach ((string category, LogLevel least) in Writers)
                filters.Rules.Add(new LoggerFilterRule(provider, category, least, filter: null));
    });
}
