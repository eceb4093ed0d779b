using Scheduler.Protocol.Grpc;

namespace Scheduler.Server.Grpc;

/// <summary>A method that is served, and how its calls ended.</summary>
/// <param name="path">Its path: <c>/package.Service/Method</c>.</param>
/// <param name="handler">What answers it.</param>
internal sealed class GrpcMethod(string path, RequestDelegate handler)
{
    private readonly long[] _ended = new long[(int)GrpcStatusCode.Unauthenticated + 1];
    private long _underWay;

    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>Full name of its service.</summary>
    public string Service => path[1..path.LastIndexOf('/')];

    /// <summary>Its name within the service.</summary>
    public string Name => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Calls that last, now: those that were not answered at once.</summary>
    public long UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Calls so far that ended in a way.</summary>
    public long Ended(GrpcStatusCode code) => Volatile.Read(ref _ended[(int)code]);

    /// <summary>Handles one call.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        Task answering = handler(context);
        if (!answering.IsCompletedSuccessfully) return AwaitAsync(context, answering);
        Count(context);
        return answering;
    }

    private async Task AwaitAsync(HttpContext context, Task answering)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await answering;
            Count(context);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _ended[(int)GrpcStatusCode.Unknown]); // who handles it says so
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>Counts a call by the status that was written; a caller who has gone was told none.</summary>
    private void Count(HttpContext context)
    {
        string? text = context.Response.Headers.GrpcStatus;
        text ??= context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers.GrpcStatus;
        GrpcStatusCode code = text is null || !GrpcStatus.TryParse(text, out GrpcStatusCode written) ? GrpcStatusCode.Cancelled : written;
        Interlocked.Increment(ref _ended[(int)code]);
    }
}
