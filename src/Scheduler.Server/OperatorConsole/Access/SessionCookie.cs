namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>The cookie of the console: no script reads it, no other site sends it, and over TLS no name below or beside ours can set it.</summary>
internal static class SessionCookie
{
    private const string Plain = "scheduler-console";
    private const string OverTls = "__Host-scheduler-console";

    /// <summary>What the browser sent; null when it sent none.</summary>
    public static string? Read(HttpContext context) => context.Request.Cookies[NameFor(context)];

    /// <summary>Gives it to the browser.</summary>
    public static void Set(HttpContext context, string ticket) => context.Response.Cookies.Append(NameFor(context), ticket, Options(context, SessionTickets.Lifetime));

    /// <summary>Takes it away.</summary>
    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), Options(context, null));

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? OverTls : Plain;

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
