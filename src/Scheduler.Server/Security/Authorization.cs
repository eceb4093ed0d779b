using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Server.Security;

/// <summary>Guards endpoints by role.</summary>
public static class Authorization
{
    /// <summary>
    /// Lets in only callers with a role: 401 for who is not known, 403 for who may not. The handler finds the caller by <see cref="GetCaller"/>.
    /// Needs an <see cref="Authenticator"/> and the <see cref="RateLimits"/> among the services.
    /// </summary>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <param name="role">The least role that may call it.</param>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, AdminRole role)
        where TBuilder : IEndpointConventionBuilder
    {
        return builder.AddEndpointFilter((invocation, next) =>
        {
            HttpContext context = invocation.HttpContext;
            Caller caller = context.RequestServices.GetRequiredService<Authenticator>().Authenticate(context);
            context.Features.Set(caller); // also for who is refused: the audit log names him
            if (!context.RequestServices.GetRequiredService<RateLimits>().AdmitsAdmin(context, caller)) return ValueTask.FromResult<object?>(Results.Empty);
            if (Refusal(context, caller, role) is { } refusal) return ValueTask.FromResult<object?>(refusal);
            return next(invocation);
        });
    }

    /// <summary>The caller that <see cref="RequireRole"/> let in.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="InvalidOperationException">The endpoint is not guarded.</exception>
    public static Caller GetCaller(this HttpContext context)
        => context.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint is not guarded by a role.");

    private static IResult? Refusal(HttpContext context, Caller caller, AdminRole role)
    {
        switch (caller.Standing)
        {
            case CallerStanding.NoKey:
                context.Response.Headers.WWWAuthenticate = "Bearer realm=\"scheduler\"";
                return Problem.Unauthenticated("The call needs a key: send it as Authorization: Bearer.");
            case CallerStanding.UnknownKey:
                context.Response.Headers.WWWAuthenticate = "Bearer realm=\"scheduler\", error=\"invalid_token\"";
                return Problem.Unauthenticated("The key is unknown or was revoked.");
            case CallerStanding.Demo when DemoAccess.Refusal(context) is { } reason:
                return Problem.Forbidden($"Refused: {reason}.");
            default:
                return caller.Role >= role ? null : Problem.Forbidden($"The call needs the role {role.ToString().ToLowerInvariant()}.");
        }
    }
}
