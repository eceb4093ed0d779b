using Microsoft.Net.Http.Headers;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Http;

/// <summary>The last net: what no endpoint foresaw is logged once with its trace and answered without it; what no endpoint took is explained.</summary>
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
        ExplainUnanswered(context);
        return task;
    }

    private async Task AwaitAsync(HttpContext context, Task task)
    {
        try
        {
            await task;
            ExplainUnanswered(context);
        }
        catch (Exception fault)
        {
            Answer(context, fault);
        }
    }

    /// <summary>Routing refuses unknown paths and methods with a bare status: players and operators get problem details for these too.</summary>
    private static void ExplainUnanswered(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.StatusCode is not (StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)) return;
        if (response.HasStarted || response.ContentType is not null) return;
        // Every path below /v1 takes OPTIONS, for browsers; one that takes nothing else does not exist.
        bool exists = response.StatusCode == StatusCodes.Status405MethodNotAllowed && response.Headers.Allow != HttpMethods.Options;
        if (!exists) response.Headers.Remove(HeaderNames.Allow);
        Reply.Problem(context, exists ? ProblemKind.MethodNotAllowed : ProblemKind.NotFound);
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
