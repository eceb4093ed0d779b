namespace Scheduler.Core.Geo;

/// <summary>
/// The runs of one family as three columns: the length of each run as trailing zero bits and the odd rest (most are powers of two), and its
/// code. The last run has no length: it goes to the end of the space.
/// </summary>
internal static class RunColumns
{
    /// <summary>Columns of a family.</summary>
    public const int Count = 3;

    /// <summary>Writes the columns.</summary>
    /// <param name="runs">Gapless from 0.</param>
    /// <param name="columns">Zero bits, odd rests, codes.</param>
    /// <returns>How many runs there were.</returns>
    public static int Write(IEnumerable<CellRun> runs, ReadOnlySpan<ColumnWriter> columns)
    {
        ColumnWriter zeros = columns[0], rests = columns[1], codes = columns[2];
        int count = 0;
        UInt128 last = 0;
        foreach (CellRun run in runs)
        {
            if (count++ > 0)
            {
                UInt128 length = run.First - last;
                int zeroBits = (int)UInt128.TrailingZeroCount(length);
                zeros.Byte((byte)zeroBits);
                rests.Number(length >> zeroBits >> 1); // the lowest bit of the rest is always 1
            }
            codes.Number(run.Code);
            last = run.First;
        }
        return count;
    }

    /// <summary>Reads the IPv4 columns into a table.</summary>
    /// <returns>Why it cannot be done; null when it is.</returns>
    public static string? Read(ReadOnlySpan<ColumnReader> columns, int count, int cells, Ipv4TableBuilder table)
    {
        UInt128 first = 0;
        for (int i = 0; i < count; i++)
        {
            if ((i > 0 && !TryAdvance(columns, ref first)) || !TryCode(columns[2], cells, out ushort code) || first > uint.MaxValue)
                return "the IPv4 runs cannot be read";
            if (!table.TryAppend((uint)first, code)) return "the IPv4 runs are out of order";
        }
        return AreAtEnd(columns) ? null : "the IPv4 columns are too long";
    }

    /// <summary>Reads the IPv6 columns into a table.</summary>
    /// <returns>Why it cannot be done; null when it is.</returns>
    public static string? Read(ReadOnlySpan<ColumnReader> columns, int count, int cells, Ipv6TableBuilder table)
    {
        UInt128 first = 0;
        for (int i = 0; i < count; i++)
        {
            if ((i > 0 && !TryAdvance(columns, ref first)) || !TryCode(columns[2], cells, out ushort code))
                return "the IPv6 runs cannot be read";
            if (!table.TryAppend(first, code)) return "the IPv6 runs are out of order";
        }
        return AreAtEnd(columns) ? null : "the IPv6 columns are too long";
    }

    private static bool TryAdvance(ReadOnlySpan<ColumnReader> columns, ref UInt128 first)
    {
        if (!columns[0].TryByte(out byte zeroBits) || zeroBits > 127 || !columns[1].TryNumber(out UInt128 rest)) return false;
        UInt128 next = first + (((rest << 1) | 1) << zeroBits);
        bool ahead = next > first;
        first = next;
        return ahead;
    }

    private static bool TryCode(ColumnReader codes, int cells, out ushort code)
    {
        bool read = codes.TryCount(out long value) && value <= cells;
        code = read ? (ushort)value : CellCode.Unknown;
        return read;
    }

    private static bool AreAtEnd(ReadOnlySpan<ColumnReader> columns)
    {
        foreach (ColumnReader column in columns)
            if (!column.IsAtEnd) return false;
        return true;
    }
}
