namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Turns failures that no handler can do anything about into problem details: a store that failed, a body that broke off.</summary>
internal sealed class FailureFilter(ILogger<FailureFilter> log) : IEndpointFilter
{
    private const string RetryAfterS = "5";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException broken)
        {
            return Problem.BrokenRequest(broken.StatusCode, broken.Message);
        }
        catch (IOException cause) when (!http.RequestAborted.IsCancellationRequested)
        {
            log.StoreFailed(cause, http.Request.Method, http.Request.Path);
            http.Response.Headers.RetryAfter = RetryAfterS;
            return Problem.StoreUnavailable();
        }
    }
}
