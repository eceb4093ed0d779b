namespace Scheduler.Protocol.Peers;

/// <summary>Payload of <see cref="FrameType.Demand"/>: what the sender's live sessions weigh, by the cell they come from and by the site they are on, and what of it classes are that are planned apart.</summary>
public static class DemandFrame
{
    private const int FewestBytes = 2;

    /// <summary>Most cells, sites and cells of classes of one frame together: what a channel can carry at once. Who has more tells the heaviest.</summary>
    public const int MostEntries = (FrameHeader.MaxPayload / AmountList.MostBytes) - (3 * ClassAmounts.Most);

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="cells">Demand by cell.</param>
    /// <param name="sites">The same sessions by site.</param>
    /// <param name="classes">What of the cells' is of which class; all together at most <see cref="MostEntries"/>.</param>
    public static void Write(PayloadWriter output, ReadOnlySpan<NumberedAmount> cells, ReadOnlySpan<NumberedAmount> sites, ReadOnlySpan<ClassAmounts> classes)
    {
        int entries = cells.Length + sites.Length;
        foreach (ClassAmounts part in classes) entries += part.Cells.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries, MostEntries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes.Length, ClassAmounts.Most);
        AmountList.Append(output, cells);
        AmountList.Append(output, sites);
        output.Whole(classes.Length);
        foreach (ClassAmounts part in classes)
        {
            output.Text(part.Class);
            AmountList.Append(output, part.Cells);
        }
    }

    /// <summary>Reads it.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out NumberedAmount[] cells, out NumberedAmount[] sites, out ClassAmounts[] classes)
    {
        var input = new PayloadReader(payload);
        cells = AmountList.Read(ref input);
        sites = AmountList.Read(ref input);
        classes = new ClassAmounts[input.Count(FewestBytes, ClassAmounts.Most)];
        foreach (ref ClassAmounts part in classes.AsSpan()) part = new ClassAmounts(input.Text(ClassAmounts.MostId), AmountList.Read(ref input));
        return input.IsDone;
    }
}
