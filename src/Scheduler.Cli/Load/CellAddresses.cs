using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Load;

/// <summary>
/// Viewers from the map of cells: a cell by its population, then an address of that cell, each as likely as any other of its family. Every fourth
/// viewer has an IPv6 address where his cell has any.
/// </summary>
/// <remarks>
/// The blocks of addresses are held as plain arrays sorted by cell: 16 bytes a block. Of IPv6 only whole /64 networks
/// count, which is what access networks give to a viewer. Drawing allocates nothing.
/// </remarks>
internal sealed class CellAddresses : IViewerAddresses
{
    private const double IPv6Share = 0.25;

    private readonly double[] _populations; // running sum over cells
    private readonly Blocks _v4;
    private readonly Blocks _v6;

    /// <summary>Prepares drawing from a map. Walks the whole map once.</summary>
    /// <exception cref="ArgumentException">No cell of the map has an IPv4 address.</exception>
    public CellAddresses(CellMap map)
    {
        _v4 = new Blocks(map, v4: true);
        _v6 = new Blocks(map, v4: false);
        _populations = new double[map.Cells.Length];
        double sum = 0;
        for (int c = 0; c < _populations.Length; c++)
        {
            if (_v4.Has(c)) sum += map.Cells[c].Population;
            _populations[c] = sum;
        }
        if (sum == 0)
        {
            // A map without people in it: every address is then as likely as any other.
            for (int c = 0; c < _populations.Length; c++) _populations[c] = sum += _v4.SizeOf(c);
        }
        if (sum == 0) throw new ArgumentException("The map knows no IPv4 address.", nameof(map));
        Source = string.Create(CultureInfo.InvariantCulture, $"{map.Cells.Length} cells by population ({map.Source})");
    }

    /// <inheritdoc/>
    public string Source { get; }

    /// <inheritdoc/>
    public int Draw(Random random, Span<byte> utf8)
    {
        int cell = FirstOver(_populations, random.NextDouble() * _populations[^1]);
        return random.NextDouble() < IPv6Share && _v6.Has(cell)
            ? WriteV6(_v6.Draw(cell, random), (ulong)random.NextInt64(), utf8)
            : WriteV4((uint)_v4.Draw(cell, random), utf8);
    }

    private static int FirstOver(double[] sums, double value)
    {
        int low = 0, high = sums.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sums[middle] > value) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private static int WriteV4(uint address, Span<byte> utf8)
    {
        int length = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            if (shift < 24) utf8[length++] = (byte)'.';
            Utf8Formatter.TryFormat((byte)(address >> shift), utf8[length..], out int written);
            length += written;
        }
        return length;
    }

    private static int WriteV6(ulong network, ulong host, Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, network);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], host);
        int length = 0;
        for (int i = 0; i < 16; i += 2)
        {
            if (i > 0) utf8[length++] = (byte)':';
            Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]), utf8[length..], out int written, 'x');
            length += written;
        }
        return length;
    }

    /// <summary>The blocks of one family by cell. A unit is an address of IPv4, a /64 network of IPv6.</summary>
    private sealed class Blocks
    {
        private readonly int[] _starts; // by cell: its first block; one more at the end
        private readonly ulong[] _firsts; // by block: its first unit
        private readonly double[] _sizes; // by block: units from the cell's first block to this one, included

        public Blocks(CellMap map, bool v4)
        {
            _starts = new int[map.Cells.Length + 1];
            foreach (CellRange range in map.Ranges(v4))
                if (TryUnits(range, v4, out _, out _)) _starts[range.Cell + 1]++;
            for (int c = 0; c < map.Cells.Length; c++) _starts[c + 1] += _starts[c];
            _firsts = new ulong[_starts[^1]];
            _sizes = new double[_starts[^1]];
            int[] next = [.. _starts.AsSpan(0, map.Cells.Length)];
            foreach (CellRange range in map.Ranges(v4))
            {
                if (!TryUnits(range, v4, out ulong first, out double size)) continue;
                int block = next[range.Cell]++;
                _firsts[block] = first;
                _sizes[block] = size + (block > _starts[range.Cell] ? _sizes[block - 1] : 0);
            }
        }

        public bool Has(int cell) => _starts[cell] < _starts[cell + 1];

        public double SizeOf(int cell) => Has(cell) ? _sizes[_starts[cell + 1] - 1] : 0;

        public ulong Draw(int cell, Random random)
        {
            int low = _starts[cell], high = _starts[cell + 1] - 1;
            double before = 0, unit = random.NextDouble() * _sizes[high];
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_sizes[middle] > unit) high = middle;
                else low = middle + 1;
            }
            if (low > _starts[cell]) before = _sizes[low - 1];
            double size = _sizes[low] - before;
            return _firsts[low] + (ulong)Math.Clamp(unit - before, 0, Math.Max(0, size - 1));
        }

        private static bool TryUnits(CellRange range, bool v4, out ulong first, out double size)
        {
            first = v4 ? range.First.V4 : range.First.High;
            size = v4 ? (double)range.Last.V4 - range.First.V4 + 1 : (double)(range.Last.High - range.First.High) + 1;
            return v4 || (range.First.Low == 0 && range.Last.Low == ulong.MaxValue);
        }
    }
}
