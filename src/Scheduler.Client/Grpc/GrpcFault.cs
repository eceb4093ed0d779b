using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Client.Grpc;

/// <summary>Turns the end of a call into the problem that the same call would have met over HTTP, so that one code judges both.</summary>
internal static class GrpcFault
{
    /// <summary>How an answer ended; null when that is not said.</summary>
    /// <param name="fields">Trailers, or the headers of an answer without a body.</param>
    /// <param name="problem">What went wrong; null for OK.</param>
    /// <returns>False when there is no status.</returns>
    public static bool TryRead(HttpHeaders fields, out SchedulerProblem? problem)
    {
        problem = null;
        if (First(fields, GrpcNames.Status) is not { } text || !GrpcStatus.TryParse(text, out GrpcStatusCode code)) return false;
        if (code == GrpcStatusCode.Ok) return true;
        string? message = First(fields, GrpcNames.Message) is { } encoded ? StatusMessage.Decode(encoded) : null;
        StatusDetails? details = First(fields, GrpcNames.StatusDetails) is { } binary && BinaryMetadata.TryDecode(binary, out IReadOnlyList<byte[]> values)
            ? StatusDetails.Read(values[0]) : null;
        TimeSpan? pushback = First(fields, GrpcNames.RetryPushback) is { } ms && int.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out int wait)
            ? TimeSpan.FromMilliseconds(wait) : null;
        problem = Of(new GrpcStatus(code, message), details, pushback);
        return true;
    }

    /// <summary>The problem of a status.</summary>
    public static SchedulerProblem Of(GrpcStatus status, StatusDetails? details = null, TimeSpan? pushback = null)
    {
        ProblemType? type = details?.Reason is { } reason && ProblemStatus.Find(reason) is { } kind ? ProblemType.Of(kind) : null;
        return new SchedulerProblem(
            type?.Status ?? HttpOf(status.Code), type?.Title ?? $"The call ended with {status.Code}.", status.Message, details?.Errors ?? [], pushback ?? details?.RetryAfter, type?.Uri);
    }

    /// <summary>The problem of an answer that is not gRPC's.</summary>
    public static SchedulerProblem OfHttp(HttpStatusCode status) =>
        Of(new GrpcStatus(GrpcStatus.OfHttp((int)status), $"the answer is not gRPC's: HTTP {(int)status}"));

    /// <summary>The problem of a call that the transport ended.</summary>
    public static SchedulerProblem OfTransport(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
            if (cause is HttpProtocolException reset) return Of(new GrpcStatus(GrpcStatus.OfReset(reset.ErrorCode), reset.Message));
        return SchedulerProblem.Unreachable(fault.InnerException?.Message ?? fault.Message);
    }

    private static string? First(HttpHeaders fields, string name) => fields.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;

    private static int HttpOf(GrpcStatusCode code) => code switch
    {
        GrpcStatusCode.InvalidArgument or GrpcStatusCode.OutOfRange => 400,
        GrpcStatusCode.Unauthenticated => 401,
        GrpcStatusCode.PermissionDenied => 403,
        GrpcStatusCode.NotFound => 404,
        GrpcStatusCode.AlreadyExists or GrpcStatusCode.Aborted or GrpcStatusCode.FailedPrecondition => 409,
        GrpcStatusCode.ResourceExhausted => 429,
        GrpcStatusCode.Cancelled => 499, // by custom: the caller closed
        GrpcStatusCode.Unimplemented => 501,
        GrpcStatusCode.Unavailable => 503,
        GrpcStatusCode.DeadlineExceeded => 504,
        _ => 500,
    };
}
