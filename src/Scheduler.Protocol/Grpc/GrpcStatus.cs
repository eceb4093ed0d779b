using System.Globalization;

namespace Scheduler.Protocol.Grpc;

/// <summary>How a call ended.</summary>
/// <param name="Code">The code.</param>
/// <param name="Message">Why, for people; null when there is no more to say.</param>
public readonly record struct GrpcStatus(GrpcStatusCode Code, string? Message = null)
{
    private const GrpcStatusCode Last = GrpcStatusCode.Unauthenticated;

    private static readonly string[] Texts = [.. Enumerable.Range(0, (int)Last + 1).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    /// <summary>True when it ended as it should.</summary>
    public bool IsOk => Code == GrpcStatusCode.Ok;

    /// <summary>The value of <c>grpc-status</c>: decimal, no leading zeros.</summary>
    public static string TextOf(GrpcStatusCode code) => Texts[(int)code];

    /// <summary>Reads a value of <c>grpc-status</c>. A number that has no name is <see cref="GrpcStatusCode.Unknown"/>, as callers of gRPC take it.</summary>
    /// <param name="text">The value.</param>
    /// <param name="code">The code, when it is a number.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out GrpcStatusCode code)
    {
        bool isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        code = isNumber && number <= (uint)Last ? (GrpcStatusCode)number : GrpcStatusCode.Unknown;
        return isNumber;
    }

    /// <summary>What a caller makes of an answer that is not gRPC's: of a proxy, mostly.</summary>
    /// <param name="httpStatus">The HTTP status.</param>
    public static GrpcStatusCode OfHttp(int httpStatus) => httpStatus switch
    {
        400 or 431 => GrpcStatusCode.Internal,
        401 => GrpcStatusCode.Unauthenticated,
        403 => GrpcStatusCode.PermissionDenied,
        404 => GrpcStatusCode.Unimplemented,
        429 or 502 or 503 or 504 => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };

    /// <summary>What a caller makes of a stream that was reset.</summary>
    /// <param name="http2Error">The error code of HTTP/2 (RFC 9113, section 7).</param>
    public static GrpcStatusCode OfReset(long http2Error) => http2Error switch
    {
        0x7 => GrpcStatusCode.Unavailable, // REFUSED_STREAM: nothing was done
        0x8 => GrpcStatusCode.Cancelled,
        0xB => GrpcStatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xC => GrpcStatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => GrpcStatusCode.Internal,
    };
}
