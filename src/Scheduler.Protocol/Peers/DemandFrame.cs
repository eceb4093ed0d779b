namespace Scheduler.Protocol.Peers;

/// <summary>Payload of <see cref="FrameType.Demand"/>: what the sender's live sessions weigh, by the cell they come from and by the site they are on.</summary>
public static class DemandFrame
{
    /// <summary>Most cells and sites of one frame together: what a channel can carry at once. Who has more tells the heaviest.</summary>
    public const int MostEntries = (FrameHeader.MaxPayload / AmountList.MostBytes) - 1;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="cells">Demand by cell.</param>
    /// <param name="sites">The same sessions by site; both together at most <see cref="MostEntries"/>.</param>
    public static void Write(PayloadWriter output, ReadOnlySpan<NumberedAmount> cells, ReadOnlySpan<NumberedAmount> sites)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells.Length + sites.Length, MostEntries);
        AmountList.Append(output, cells);
        AmountList.Append(output, sites);
    }

    /// <summary>Reads it.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out NumberedAmount[] cells, out NumberedAmount[] sites)
    {
        var input = new PayloadReader(payload);
        cells = AmountList.Read(ref input);
        sites = AmountList.Read(ref input);
        return input.IsDone;
    }
}
