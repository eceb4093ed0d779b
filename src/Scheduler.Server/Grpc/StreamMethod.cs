using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Server.Grpc;

/// <summary>A method with a stream of messages in one direction at least.</summary>
/// <param name="streams">The life of streams.</param>
/// <param name="time">Clock of deadlines.</param>
/// <param name="log">The log.</param>
internal abstract partial class StreamMethod(GrpcStreams streams, TimeProvider time, ILogger log)
{
    private static GrpcStatus Leaves => new(GrpcStatusCode.Unavailable, "this replica stops; connect to another");

    /// <summary>Handles one call.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!Deadline.TryRead(context, out TimeSpan? deadline)) return;
        if (streams.Stopping.IsCancellationRequested)
        {
            GrpcReply.Status(context, Leaves);
            return;
        }
        if (!TryBegin(context)) return;
        MayLast(context);
        using var timeout = new CancellationTokenSource(deadline ?? Timeout.InfiniteTimeSpan, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, streams.Stopping, context.RequestAborted);
        using var call = new StreamCall(context, ends.Token);
        if (await RunAsync(call, timeout.Token) is { } status) GrpcReply.Status(context, status);
    }

    /// <summary>True when the call may begin; else its refusal is written.</summary>
    protected virtual bool TryBegin(HttpContext context) => true;

    /// <summary>Serves until the call ends.</summary>
    /// <returns>How it ends; null when that is written already.</returns>
    protected abstract Task<GrpcStatus?> ServeAsync(StreamCall call);

    /// <summary>Runs a call.</summary>
    /// <returns>How it ends; null when there is nobody to be told, or he was told already.</returns>
    private async Task<GrpcStatus?> RunAsync(StreamCall call, CancellationToken deadline)
    {
        try
        {
            await call.BeginAsync();
            return await ServeAsync(call);
        }
        catch (OperationCanceledException) when (call.Ends.IsCancellationRequested)
        {
            if (call.Context.RequestAborted.IsCancellationRequested) return null;
            return deadline.IsCancellationRequested ? Deadline.Exceeded : Leaves;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return null; // the caller took it back, or is gone
        }
        catch (Exception fault)
        {
            Failed(fault, call.Context.Request.Path);
            return new GrpcStatus(GrpcStatusCode.Unknown, "the scheduler failed");
        }
    }

    /// <summary>A stream lasts, is quiet between two messages, and has no length: the limits of bodies are not for it. What a message may have is limited all the same.</summary>
    private static void MayLast(HttpContext context)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
    }

    [LoggerMessage(EventId = 240, Level = LogLevel.Error, Message = "The stream {Path} failed")]
    private partial void Failed(Exception fault, string path);
}
