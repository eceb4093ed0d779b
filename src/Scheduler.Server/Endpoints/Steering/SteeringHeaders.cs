using Microsoft.Extensions.Primitives;

namespace Scheduler.Server.Endpoints.Steering;

/// <summary>What every steering answer says beside its body: it is one viewer's, and pages of other origins may read it and its timing.</summary>
internal static class SteeringHeaders
{
    private static readonly StringValues Cache = "private, no-store";
    private static readonly StringValues Shown = "Retry-After, Date";
    private static readonly StringValues Everybody = "*";

    /// <summary>Sets them.</summary>
    public static void Set(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = Cache;
        if (context.Request.Headers.Origin.Count == 0) return;
        headers.AccessControlAllowOrigin = Everybody;
        headers.AccessControlExposeHeaders = Shown;
        headers["Timing-Allow-Origin"] = Everybody;
    }
}
