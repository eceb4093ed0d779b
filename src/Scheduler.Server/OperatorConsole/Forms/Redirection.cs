namespace Scheduler.Server.OperatorConsole.Forms;

/// <summary>Sends the browser on to a page of the console, with a GET: a page that is loaded again posts nothing again.</summary>
/// <param name="to">The page; a path of this server.</param>
internal sealed class Redirection(string to) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => StatusCodes.Status303SeeOther;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = to;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    /// <summary>A path that may be gone to after signing in: one of this server, and no other host in disguise.</summary>
    /// <param name="path">What the form carries.</param>
    public static string OwnPath(string? path) =>
        path is ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) && !path.Contains('\\', StringComparison.Ordinal) ? path : "/";
}
