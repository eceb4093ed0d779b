namespace Scheduler.Protocol.Grpc;

/// <summary>Names on the wire that both ends write.</summary>
public static class GrpcNames
{
    /// <summary>Content type of both directions; <c>+proto</c> may follow.</summary>
    public const string ContentType = "application/grpc";

    /// <summary>Trailer with the status.</summary>
    public const string Status = "grpc-status";

    /// <summary>Trailer with the status's message, by <see cref="StatusMessage"/>.</summary>
    public const string Message = "grpc-message";

    /// <summary>Trailer with a <c>google.rpc.Status</c>, by <see cref="BinaryMetadata"/>.</summary>
    public const string StatusDetails = "grpc-status-details-bin";

    /// <summary>How long the call may take, by <see cref="GrpcTimeout"/>.</summary>
    public const string Timeout = "grpc-timeout";

    /// <summary>Encoding of the compressed messages of this direction.</summary>
    public const string Encoding = "grpc-encoding";

    /// <summary>Encodings that the sender of this field reads.</summary>
    public const string AcceptEncoding = "grpc-accept-encoding";

    /// <summary>When to ask again, ms: callers that retry by themselves obey it.</summary>
    public const string RetryPushback = "grpc-retry-pushback-ms";

    /// <summary>Messages as they are.</summary>
    public const string Identity = "identity";

    /// <summary>Messages by gzip (RFC 1952).</summary>
    public const string Gzip = "gzip";

    /// <summary>What both ends of ours read.</summary>
    public const string AcceptedEncodings = Identity + "," + Gzip;

    /// <summary>True for a content type of gRPC with protobuf: <c>application/grpc</c>, alone or with <c>+proto</c>, parameters aside.</summary>
    public static bool IsContentType(ReadOnlySpan<char> type)
    {
        if (!type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)) return false;
        ReadOnlySpan<char> rest = type[ContentType.Length..];
        int end = rest.IndexOf(';');
        rest = (end < 0 ? rest : rest[..end]).Trim();
        return rest.IsEmpty || rest.Equals("+proto", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True when a list of encodings has one.</summary>
    /// <param name="list">Names separated by commas.</param>
    /// <param name="encoding">The name.</param>
    public static bool Lists(ReadOnlySpan<char> list, string encoding)
    {
        foreach (Range part in list.Split(','))
            if (list[part].Trim().Equals(encoding, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
