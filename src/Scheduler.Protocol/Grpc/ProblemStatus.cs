using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.Grpc;

/// <summary>What a problem of the HTTP API is in gRPC: one table for every call.</summary>
public static class ProblemStatus
{
    /// <summary>The domain of our reasons in <c>google.rpc.ErrorInfo</c>.</summary>
    public const string Domain = "scheduler.v1";

    /// <summary>The field of the problem of a message that is no protobuf at all: its status is <see cref="GrpcStatusCode.Internal"/>, whatever the kind.</summary>
    public const string WholeMessage = "message";

    private static readonly string[] Reasons =
        [.. Enum.GetValues<ProblemKind>().Select(kind => ProblemType.Of(kind).Slug.Replace('-', '_').ToUpperInvariant())];

    /// <summary>The status of a kind of problem.</summary>
    public static GrpcStatusCode Of(ProblemKind kind) => kind switch
    {
        ProblemKind.InvalidRequest or ProblemKind.InvalidFields => GrpcStatusCode.InvalidArgument,
        ProblemKind.Unauthorized or ProblemKind.InvalidToken => GrpcStatusCode.Unauthenticated,
        ProblemKind.Forbidden or ProblemKind.CertificateRequired or ProblemKind.UnavailableForLegalReasons => GrpcStatusCode.PermissionDenied,
        ProblemKind.NotFound or ProblemKind.SessionExpired => GrpcStatusCode.NotFound,
        ProblemKind.MethodNotAllowed or ProblemKind.UnsupportedMediaType => GrpcStatusCode.Unimplemented,
        ProblemKind.StaleVersion => GrpcStatusCode.Aborted,
        ProblemKind.Conflict or ProblemKind.VersionRequired or ProblemKind.IdempotencyKeyReused or ProblemKind.DrainWouldExceedCapacity => GrpcStatusCode.FailedPrecondition,
        ProblemKind.BodyTooLarge or ProblemKind.QuotaExceeded or ProblemKind.NoCapacity => GrpcStatusCode.ResourceExhausted,
        ProblemKind.NotReady or ProblemKind.StoreUnavailable or ProblemKind.Overloaded => GrpcStatusCode.Unavailable,
        ProblemKind.InternalError => GrpcStatusCode.Unknown,
        _ => GrpcStatusCode.Unknown, // a kind that is newer than this table
    };

    /// <summary>The reason in <c>google.rpc.ErrorInfo</c>: the slug of the problem's type as <c>NO_CAPACITY</c>.</summary>
    public static string ReasonOf(ProblemKind kind) => Reasons[(int)kind];

    /// <summary>The kind that a reason names; null when it names none.</summary>
    public static ProblemKind? Find(string reason) => Array.IndexOf(Reasons, reason) is >= 0 and var kind ? (ProblemKind)kind : null;
}
