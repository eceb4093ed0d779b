using System.Globalization;
using System.Text;
using Google.Protobuf;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Grpc;

/// <summary>Writes what calls of gRPC are answered with: messages, and the status that ends every call.</summary>
internal static class GrpcReply
{
    private const string Ok = "0";

    /// <summary>True for a call of gRPC, whatever its path: how a request is asked decides how it is answered.</summary>
    public static bool IsCall(HttpContext context) =>
        context.Request.ContentType is { } type && GrpcNames.IsContentType(type) && HttpProtocol.IsHttp2(context.Request.Protocol);

    /// <summary>True when answers are packed: the caller packs his own messages, and says that he reads packed ones. Who does neither has nothing of it but the work.</summary>
    public static bool Packs(HttpContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;
        return headers.GrpcEncoding.Count > 0 && headers.GrpcEncoding == GrpcNames.Gzip && GrpcNames.Lists(headers.GrpcAcceptEncoding.ToString(), GrpcNames.Gzip);
    }

    /// <summary>Room for a message and its frame.</summary>
    /// <param name="context">The call.</param>
    /// <param name="maxLength">Most bytes of the message.</param>
    /// <returns>The message goes behind <see cref="MessageFrame.HeaderLength"/> bytes.</returns>
    public static Span<byte> Room(HttpContext context, int maxLength) => context.Response.BodyWriter.GetSpan(MessageFrame.HeaderLength + maxLength);

    /// <summary>Answers a call with one message, and OK.</summary>
    /// <param name="context">The call.</param>
    /// <param name="room">What <see cref="Room"/> gave, with the message in it.</param>
    /// <param name="length">Bytes of the message.</param>
    public static void Message(HttpContext context, Span<byte> room, int length)
    {
        HttpResponse response = context.Response;
        response.ContentType = GrpcNames.ContentType;
        bool packs = Packs(context);
        if (packs) response.Headers.GrpcEncoding = GrpcNames.Gzip;
        response.BodyWriter.Advance(Frame(room, length, packs));
        response.AppendTrailer(GrpcNames.Status, Ok);
    }

    /// <summary>Answers a call with one message, and OK.</summary>
    public static void Message(HttpContext context, IMessage message)
    {
        int length = message.CalculateSize();
        Span<byte> room = Room(context, length);
        message.WriteTo(room.Slice(MessageFrame.HeaderLength, length));
        Message(context, room, length);
    }

    /// <summary>Puts the frame before a message, and packs it where that makes it shorter.</summary>
    /// <returns>Bytes of both.</returns>
    public static int Frame(Span<byte> room, int length, bool packs)
    {
        if (packs && GzipMessage.Pack(room.Slice(MessageFrame.HeaderLength, length)) is var packed && packed.Length < length)
        {
            packed.Span.CopyTo(room[MessageFrame.HeaderLength..]);
            MessageFrame.WriteHeader(room, packed.Length, isCompressed: true);
            return MessageFrame.HeaderLength + packed.Length;
        }
        MessageFrame.WriteHeader(room, length);
        return MessageFrame.HeaderLength + length;
    }

    /// <summary>Ends a call with a status that needs no more words: in its trailers when anything was sent, else in its headers, which are all there is then.</summary>
    public static void Status(HttpContext context, GrpcStatus status)
    {
        Add(context, GrpcNames.Status, GrpcStatus.TextOf(status.Code));
        if (status.Message is not null) Add(context, GrpcNames.Message, StatusMessage.Encode(status.Message));
        if (status.Code == GrpcStatusCode.Unimplemented) Add(context, GrpcNames.AcceptEncoding, GrpcNames.AcceptedEncodings);
    }

    /// <summary>Ends a call with the status of a problem, and its details. A time to ask again is taken from the <c>Retry-After</c> that is set.</summary>
    public static void Problem(HttpContext context, ProblemKind kind, string? detail, ReadOnlySpan<WireProblem> errors)
    {
        GrpcStatusCode code = errors is [{ Field: ProblemStatus.WholeMessage }] ? GrpcStatusCode.Internal : ProblemStatus.Of(kind);
        var status = new GrpcStatus(code, detail ?? (errors.IsEmpty ? ProblemType.Of(kind).Title : Words(errors)));
        int? retryAfterS = int.TryParse(context.Response.Headers.RetryAfter.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : null;
        Status(context, status);
        Add(context, GrpcNames.StatusDetails, BinaryMetadata.Encode(StatusDetails.Write(status, ProblemStatus.ReasonOf(kind), errors, retryAfterS)));
        if (retryAfterS is { } wait) Add(context, GrpcNames.RetryPushback, (wait * 1_000L).ToString(CultureInfo.InvariantCulture));
    }

    private static void Add(HttpContext context, string name, string value)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted)
        {
            response.AppendTrailer(name, value);
            return;
        }
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcNames.ContentType;
        response.Headers[name] = value;
    }

    private static string Words(ReadOnlySpan<WireProblem> errors)
    {
        var words = new StringBuilder();
        foreach (WireProblem error in errors)
        {
            if (words.Length > 0) words.Append("; ");
            words.Append(error.Field).Append(": ").Append(error.Reason);
            if (words.Length > StatusMessage.MaxLength) break;
        }
        return words.ToString();
    }
}
