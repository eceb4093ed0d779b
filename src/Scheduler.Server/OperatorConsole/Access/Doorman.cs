using Scheduler.Server.Hosting;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>Tells who looks at the console: by the cookie, and in demo mode on loopback anybody.</summary>
internal sealed class Doorman(SessionTickets tickets, SchedulerOptions options)
{
    /// <summary>Stands for the session in the forms of who has none.</summary>
    private const string DemoNonce = "demo", StrangerNonce = "sign-in";

    /// <summary>The visit; null for who has to sign in.</summary>
    public Visit? Visitor(HttpContext context)
    {
        if (tickets.Read(SessionCookie.Read(context)) is { } session) return new Visit(session.Caller, tickets.FormToken(session.Nonce), session.Until);
        return IsDemo(context) ? new Visit(Caller.Demo, tickets.FormToken(DemoNonce), null) : null;
    }

    /// <summary>True when a form was drawn for the session that posts it.</summary>
    /// <param name="context">The request, with or without a session.</param>
    /// <param name="token">What the form carries.</param>
    public bool IsOwnForm(HttpContext context, string? token) => IsFromHere(context) && tickets.IsFormToken(NonceOf(context), token);

    /// <summary>What the form of who has no session carries.</summary>
    public string StrangersToken => tickets.FormToken(StrangerNonce);

    /// <summary>True when the form of who signs in was drawn here.</summary>
    public bool IsStrangersForm(HttpContext context, string? token) => IsFromHere(context) && tickets.IsFormToken(StrangerNonce, token);

    private string NonceOf(HttpContext context) => tickets.Read(SessionCookie.Read(context))?.Nonce ?? DemoNonce;

    private bool IsDemo(HttpContext context) => options.Demo && DemoAccess.IsLoopback(context) && DemoAccess.Refusal(context) is null;

    /// <summary>Browsers say where a post comes from; what another site sends is refused before its token is looked at.</summary>
    private static bool IsFromHere(HttpContext context)
    {
        HttpRequest request = context.Request;
        string? site = request.Headers["Sec-Fetch-Site"], origin = request.Headers.Origin;
        return site is null or "same-origin" or "none" && (origin is null || origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));
    }
}
