namespace Scheduler.Protocol.Peers;

/// <summary>
/// Payload of <see cref="FrameType.Trace"/>: the trace that a call belongs to which follows on the same connection. Apart from the call, so that a replica of a version
/// before, which passes over it, answers the call all the same.
/// </summary>
/// <param name="Call">Id of the <see cref="CallFrame"/>; at least 0.</param>
/// <param name="Parent">The span that asks, as <c>traceparent</c> of W3C Trace Context has it.</param>
/// <param name="State">What vendors say of the trace, as <c>tracestate</c> has it; empty for nothing.</param>
public readonly record struct TraceFrame(long Call, string Parent, string State)
{
    private const int MaxParent = 64;

    /// <summary>Longest state, bytes: what the standard asks everybody to pass on at least. A longer one is left out.</summary>
    private const int MaxState = 512;

    /// <summary>Writes it.</summary>
    public void Write(PayloadWriter output)
    {
        output.Whole(Call);
        output.Text(Parent);
        output.Text(State.Length <= MaxState ? State : "");
    }

    /// <summary>Reads it.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out TraceFrame trace)
    {
        var input = new PayloadReader(payload);
        trace = new TraceFrame(input.Whole(), input.Text(MaxParent), input.Text(MaxState));
        return input.IsDone;
    }
}
