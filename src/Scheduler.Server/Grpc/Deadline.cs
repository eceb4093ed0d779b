using Microsoft.Extensions.Primitives;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Server.Grpc;

/// <summary>How long a call may take, as its caller says.</summary>
internal static class Deadline
{
    /// <summary>No call that names a deadline lasts longer: what timers take.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>The status of a call whose time is over.</summary>
    public static GrpcStatus Exceeded => new(GrpcStatusCode.DeadlineExceeded, "the time that the caller gave is over");

    /// <summary>Reads it; when it is none, or over already, the answer is written and false given.</summary>
    /// <param name="context">The call.</param>
    /// <param name="deadline">From now on; null for ever.</param>
    public static bool TryRead(HttpContext context, out TimeSpan? deadline)
    {
        deadline = null;
        StringValues header = context.Request.Headers.GrpcTimeout;
        if (header.Count == 0) return true;
        if (!GrpcTimeout.TryParse(header.ToString(), out TimeSpan timeout))
        {
            GrpcReply.Status(context, new GrpcStatus(GrpcStatusCode.Internal, "grpc-timeout must be 1 to 8 digits and one of H M S m u n"));
            return false;
        }
        if (timeout == TimeSpan.Zero)
        {
            GrpcReply.Status(context, Exceeded);
            return false;
        }
        deadline = timeout < Longest ? timeout : Longest;
        return true;
    }
}
