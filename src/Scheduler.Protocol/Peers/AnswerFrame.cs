namespace Scheduler.Protocol.Peers;

/// <summary>Payload of <see cref="FrameType.Answer"/>: what the player is to be answered, word for word.</summary>
/// <param name="id">Names the call.</param>
/// <param name="status">HTTP status, in [100, 599].</param>
/// <param name="contentType">Media type of the body; null for none.</param>
/// <param name="retryAfter">Value of <c>Retry-After</c>; null for none.</param>
/// <param name="body">The body.</param>
public readonly ref struct AnswerFrame(long id, int status, string? contentType, string? retryAfter, ReadOnlySpan<byte> body)
{
    /// <summary>Longest body, bytes.</summary>
    public const int MaxBody = 64 * 1024;

    private const int MaxText = 128;

    /// <summary>Names the call.</summary>
    public long Id { get; } = id;

    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Media type of the body; null for none.</summary>
    public string? ContentType { get; } = contentType;

    /// <summary>Value of <c>Retry-After</c>; null for none.</summary>
    public string? RetryAfter { get; } = retryAfter;

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Writes it.</summary>
    public void Write(PayloadWriter output)
    {
        output.Whole(Id);
        output.Whole(Status);
        output.Text(ContentType ?? "");
        output.Text(RetryAfter ?? "");
        output.Bytes(Body);
    }

    /// <summary>Reads it; the body is a part of the payload itself.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out AnswerFrame answer)
    {
        var input = new PayloadReader(payload);
        long id = input.Whole();
        int status = (int)input.Whole(599);
        string contentType = input.Text(MaxText), retryAfter = input.Text(MaxText);
        answer = new AnswerFrame(id, status, Given(contentType), Given(retryAfter), input.Bytes(MaxBody));
        // They become headers: what could end one early is nobody's media type.
        return input.IsDone && status >= 100 && !contentType.AsSpan().ContainsAnyInRange('\0', '\x1F') && !retryAfter.AsSpan().ContainsAnyInRange('\0', '\x1F');
    }

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
