using System.Buffers;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Grpc;

namespace Scheduler.Server.Http;

/// <summary>Writes answers whose body is at hand.</summary>
internal static class Reply
{
    private const string Json = "application/json";

    /// <summary>Sends JSON.</summary>
    public static void Bytes(HttpContext context, int status, ReadOnlySpan<byte> json)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = json.Length;
        response.BodyWriter.Write(json);
    }

    /// <summary>Sends JSON that was already written to the span of the response's writer.</summary>
    public static void Written(HttpContext context, int status, int length, string contentType = Json)
    {
        HttpResponse response = context.Response;
        response.BodyWriter.Advance(length);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
    }

    /// <summary>Sends problem details (RFC 9457); to a call of gRPC the status that they are there.</summary>
    public static void Problem(HttpContext context, ProblemKind kind, string? detail = null, ReadOnlySpan<WireProblem> errors = default)
    {
        if (GrpcReply.IsCall(context))
        {
            GrpcReply.Problem(context, kind, detail, errors);
            return;
        }
        HttpResponse response = context.Response;
        ProblemType type = ProblemType.Of(kind);
        response.StatusCode = type.Status;
        response.ContentType = ProblemType.ContentType;
        response.Headers.CacheControl = "no-store";
        if (detail is null && errors.IsEmpty)
        {
            ReadOnlyMemory<byte> ready = ProblemWriter.Of(kind);
            response.ContentLength = ready.Length;
            response.BodyWriter.Write(ready.Span);
            return;
        }
        var buffer = new ArrayBufferWriter<byte>(512);
        ProblemWriter.Write(buffer, kind, detail, errors);
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
    }

    /// <summary>Sends one field's problem.</summary>
    public static void Problem(HttpContext context, ProblemKind kind, string field, string reason) =>
        Problem(context, kind, null, [new WireProblem(field, reason)]);
}
