using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Http;

/// <summary>
/// The last net: what no endpoint foresaw is logged once with its trace and answered without it, and what routing refuses without a word (an
/// unknown path, a wrong method) gets problem details.
/// </summary>
internal sealed partial class UnexpectedFaults(RequestDelegate next, ILogger<UnexpectedFaults> log)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        Task task;
        try
        {
            task = next(context);
        }
        catch (Exception fault)
        {
            Answer(context, fault);
            return Task.CompletedTask;
        }
        if (!task.IsCompletedSuccessfully) return AwaitAsync(context, task);
        Explain(context);
        return task;
    }

    private async Task AwaitAsync(HttpContext context, Task task)
    {
        try
        {
            await task;
            Explain(context);
        }
        catch (Exception fault)
        {
            Answer(context, fault);
        }
    }

    private static void Explain(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.StatusCode < StatusCodes.Status400BadRequest || response.HasStarted || response.ContentLength is not null) return;
        switch (response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                Reply.Problem(context, ProblemKind.NotFound, "there is no such path; /openapi/v1.json lists those that are");
                break;
            case StatusCodes.Status405MethodNotAllowed:
                Reply.Problem(context, ProblemKind.MethodNotAllowed, $"the path takes {response.Headers.Allow}");
                break;
            case StatusCodes.Status415UnsupportedMediaType:
                Reply.Problem(context, ProblemKind.UnsupportedMediaType);
                break;
        }
    }

    private void Answer(HttpContext context, Exception fault)
    {
        if (fault is OperationCanceledException && context.RequestAborted.IsCancellationRequested) return;
        if (fault is BadHttpRequestException bad)
        {
            if (context.Response.HasStarted) return;
            ProblemKind kind = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? ProblemKind.BodyTooLarge : ProblemKind.InvalidRequest;
            Reply.Problem(context, kind, "the request cannot be read");
            return;
        }
        Unexpected(fault, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "no endpoint");
        if (!context.Response.HasStarted) Reply.Problem(context, ProblemKind.InternalError);
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private partial void Unexpected(Exception fault, string method, string endpoint);
}
