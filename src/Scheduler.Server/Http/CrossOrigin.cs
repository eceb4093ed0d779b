namespace Scheduler.Server.Http;

/// <summary>What pages of other origins may see of an answer: players' calls are open to all of them.</summary>
internal static class CrossOrigin
{
    /// <summary>Opens the answer to the page that asked, if a page did.</summary>
    public static void Open(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count > 0) context.Response.Headers.AccessControlAllowOrigin = "*";
    }

    /// <summary>Shows the page also when it may ask again: scripts see only a few fields that are not named here.</summary>
    public static void ShowLimits(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count > 0) context.Response.Headers.AccessControlExposeHeaders = "RateLimit, RateLimit-Policy, Retry-After";
    }
}
