using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Server.OperatorConsole.Pages;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>Guards the pages and forms of the console by role, as <see cref="Authorization"/> guards the admin API.</summary>
internal static class ConsoleAccess
{
    /// <summary>Lets in visitors with a role; who is not known is sent to sign in. A post must carry the word of its session's forms.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="role">The least role that may call it.</param>
    public static RouteHandlerBuilder RequireVisitor(this RouteHandlerBuilder builder, AdminRole role) => builder.AddEndpointFilter(async (invocation, next) =>
    {
        HttpContext context = invocation.HttpContext;
        IServiceProvider services = context.RequestServices;
        var doorman = services.GetRequiredService<Doorman>();
        Visit? visit = doorman.Visitor(context);
        Caller caller = visit?.Caller ?? Caller.NoKey;
        context.Features.Set(caller); // also for who is refused: the audit log names him
        if (!services.GetRequiredService<RateLimits>().AdmitsAdmin(context, caller)) return Results.Empty;
        if (visit is null) return Unknown(context);
        context.Features.Set(visit);
        if (!visit.May(role)) return Refused(context, $"This takes the role {role.ToString().ToLowerInvariant()}; {caller.Name} has the role {caller.Role.ToString()!.ToLowerInvariant()}.");
        if (HttpMethods.IsPost(context.Request.Method))
        {
            if (await PostedForm.ReadAsync(context) is not { } form) return Malformed(context);
            if (!doorman.IsOwnForm(context, form.Token)) return Refused(context, "The form is not of this session: open the page again, and send it from there.");
            context.Features.Set(form);
        }
        return await next(invocation);
    });

    /// <summary>The visit that <see cref="RequireVisitor"/> let in.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not guarded.</exception>
    public static Visit GetVisit(this HttpContext context) => context.Features.Get<Visit>() ?? throw new InvalidOperationException("The page is not guarded by a role.");

    /// <summary>The form of a post that <see cref="RequireVisitor"/> let in.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not guarded.</exception>
    public static PostedForm GetForm(this HttpContext context) => context.Features.Get<PostedForm>() ?? throw new InvalidOperationException("The form is not guarded by a role.");

    /// <summary>True for a browser that shows a page; scripts and programs get problem details.</summary>
    public static bool WantsPage(this HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static IResult Unknown(HttpContext context)
    {
        if (!context.Request.WantsPage()) return Problem.Unauthenticated("The console needs somebody who signed in: open it in a browser.");
        string here = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        return new Redirection($"{ConsoleRoutes.SignIn}?to={Uri.EscapeDataString(here)}");
    }

    private static IResult Refused(HttpContext context, string why) =>
        context.Request.WantsPage() ? new PageResult<RefusedPage>(new() { [nameof(RefusedPage.Why)] = why }, StatusCodes.Status403Forbidden) : Problem.Forbidden(why);

    private static IResult Malformed(HttpContext context) => context.Request.WantsPage()
        ? new PageResult<RefusedPage>(new() { [nameof(RefusedPage.Why)] = "The form cannot be read." }, StatusCodes.Status400BadRequest)
        : Problem.MalformedRequest("The body must be a form: application/x-www-form-urlencoded, at most 64 KB.");
}
