namespace Scheduler.Protocol.Peers;

/// <summary>Payload of <see cref="FrameType.Increments"/>: what the sender has assigned to nodes since its start, node by node, as sums that only grow.</summary>
public static class IncrementsFrame
{
    /// <summary>Most nodes of one frame.</summary>
    public const int MostNodes = (FrameHeader.MaxPayload / AmountList.MostBytes) - 1;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="areFirst">True when they are all the sender has, told at the beginning of a connection, and not what changed.</param>
    /// <param name="nodes">Sums by node; at most <see cref="MostNodes"/>.</param>
    public static void Write(PayloadWriter output, bool areFirst, ReadOnlySpan<NumberedAmount> nodes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes.Length, MostNodes);
        output.Byte(areFirst ? (byte)1 : (byte)0);
        AmountList.Append(output, nodes);
    }

    /// <summary>Reads it.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out bool areFirst, out NumberedAmount[] nodes)
    {
        var input = new PayloadReader(payload);
        areFirst = input.Byte() != 0;
        nodes = AmountList.Read(ref input);
        return input.IsDone;
    }
}
