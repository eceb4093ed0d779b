using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Server.OperatorConsole.Pages;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>From a key to a session, and out of it.</summary>
internal sealed class SignInEndpoints(KeyRegistry keys, SessionTickets tickets, EndedSessions ended, Doorman doorman, SignInGate gate, SignInHint hint)
{
    private const string NotForConsole = "This key is none of a viewer, operator or admin: it cannot open the console.";

    /// <summary>Maps the page and the forms.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.SignIn, (HttpContext context) => Page(context, context.Request.Query["to"], null, StatusCodes.Status200OK));
        console.MapPost(ConsoleRoutes.SignIn, (Delegate)SignInAsync);
        console.MapPost(ConsoleRoutes.SignOut, (HttpContext context) => SignOut(context)).RequireVisitor(AdminRole.Viewer);
    }

    private async Task<IResult> SignInAsync(HttpContext context)
    {
        if (!gate.Admits(context)) return Refused(context, null, "Too many tries from your network: wait some seconds.", StatusCodes.Status429TooManyRequests);
        if (await PostedForm.ReadAsync(context) is not { } form) return Refused(context, null, "The form cannot be read.", StatusCodes.Status400BadRequest);
        string? to = form["to"];
        if (!doorman.IsStrangersForm(context, form.Token)) return Refused(context, to, "The form is too old, or was not drawn here: send it again.", StatusCodes.Status403Forbidden);
        Caller caller = keys.Ring.Find(form["key"]);
        context.Features.Set(caller);
        if (!caller.IsKnown) return Refused(context, to, "The key is unknown or was revoked.", StatusCodes.Status401Unauthorized);
        if (caller.Role is null) return Refused(context, to, NotForConsole, StatusCodes.Status403Forbidden);
        SessionCookie.Set(context, tickets.Make(caller));
        return new Redirection(Redirection.OwnPath(to));
    }

    private IResult SignOut(HttpContext context)
    {
        if (tickets.Read(SessionCookie.Read(context)) is { } session) ended.Add(session.Nonce);
        SessionCookie.Clear(context);
        return new Redirection(ConsoleRoutes.SignIn);
    }

    private IResult Refused(HttpContext context, string? to, string why, int status) => context.Request.WantsPage()
        ? Page(context, to, why, status)
        : status switch
        {
            StatusCodes.Status401Unauthorized => Problem.Unauthenticated(why),
            StatusCodes.Status403Forbidden => Problem.Forbidden(why),
            StatusCodes.Status429TooManyRequests => Problem.QuotaExceeded(why),
            _ => Problem.MalformedRequest(why),
        };

    private PageResult<SignInPage> Page(HttpContext context, string? to, string? fault, int status) => new(
        new()
        {
            [nameof(SignInPage.Token)] = doorman.StrangersToken,
            [nameof(SignInPage.To)] = Redirection.OwnPath(to),
            [nameof(SignInPage.Fault)] = fault,
            [nameof(SignInPage.KeyFile)] = DemoAccess.IsLoopback(context) ? hint.KeyFile : null,
        },
        status);
}
