namespace Scheduler.Protocol.Peers;

/// <summary>Payload of <see cref="FrameType.Call"/>: a player's call, as it came, with what only the replica knows that it came to.</summary>
/// <param name="id">Names the call in its answer; at least 0.</param>
/// <param name="kind">Which call.</param>
/// <param name="network">Hash of the viewer's network, so that one network counts once in what is learnt; never his address.</param>
/// <param name="tenant">Tenant of the key it came with; null for none.</param>
/// <param name="body">The body, as it came; at most <see cref="MaxBody"/> bytes.</param>
public readonly ref struct CallFrame(long id, SessionCall kind, ulong network, string? tenant, ReadOnlySpan<byte> body)
{
    /// <summary>Longest body, bytes.</summary>
    public const int MaxBody = 16 * 1024;

    private const int MaxTenant = 64;

    /// <summary>Names the call in its answer; at least 0.</summary>
    public long Id { get; } = id;

    /// <summary>Which call.</summary>
    public SessionCall Kind { get; } = kind;

    /// <summary>Hash of the viewer's network.</summary>
    public ulong Network { get; } = network;

    /// <summary>Tenant of the key it came with; null for none.</summary>
    public string? Tenant { get; } = tenant;

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Writes it.</summary>
    public void Write(PayloadWriter output)
    {
        output.Whole(Id);
        output.Byte((byte)Kind);
        output.Word(Network);
        output.Text(Tenant ?? "");
        output.Bytes(Body);
    }

    /// <summary>Reads it; the body is a part of the payload itself.</summary>
    /// <returns>False when it is none, or of a kind that is not known.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out CallFrame call)
    {
        var input = new PayloadReader(payload);
        long id = input.Whole();
        var kind = (SessionCall)input.Byte();
        ulong network = input.Word();
        string tenant = input.Text(MaxTenant);
        call = new CallFrame(id, kind, network, tenant.Length == 0 ? null : tenant, input.Bytes(MaxBody));
        return input.IsDone && kind <= SessionCall.Steer;
    }
}
