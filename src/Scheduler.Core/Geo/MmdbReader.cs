using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Core.Geo;

/// <summary>
/// Reads a MaxMind DB file, written from the public specification of the format, version 2.0. It is given bytes, keeps them, and copies
/// nothing but the values it is asked for. On corrupt bytes it answers with a problem: it never throws, loops or reads outside them. Safe
/// for concurrent use.
/// </summary>
public sealed class MmdbReader
{
    private const int MarkerWindow = 128 * 1024;
    private const int Separator = 16;
    private const int MappedBits = 96;

    private readonly ReadOnlyMemory<byte> _tree;
    private readonly ReadOnlyMemory<byte> _records;
    private readonly uint _v4Root;
    private readonly int _v4RootDepth;

    private MmdbReader(ReadOnlyMemory<byte> tree, ReadOnlyMemory<byte> records, MmdbMetadata metadata)
    {
        (_tree, _records, Metadata) = (tree, records, metadata);
        if (metadata.IpVersion == 4) return;
        while (_v4RootDepth < MappedBits && _v4Root < metadata.NodeCount)
        {
            _v4Root = Child(_v4Root, right: false);
            _v4RootDepth++;
        }
    }

    // The letters of "MaxMind.com" behind three bytes that no text has.
    private static ReadOnlySpan<byte> Marker => [0xAB, 0xCD, 0xEF, 0x4D, 0x61, 0x78, 0x4D, 0x69, 0x6E, 0x64, 0x2E, 0x63, 0x6F, 0x6D];

    /// <summary>What the file says about itself.</summary>
    public MmdbMetadata Metadata { get; }

    /// <summary>Opens a file that is already in memory.</summary>
    /// <param name="file">The whole file; must not change while the reader is in use.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="problem">Why the file was refused.</param>
    /// <returns>False when the file cannot be read.</returns>
    public static bool TryOpen(
        ReadOnlyMemory<byte> file, [NotNullWhen(true)] out MmdbReader? reader, [NotNullWhen(false)] out MmdbProblem? problem)
    {
        reader = null;
        int windowStart = Math.Max(0, file.Length - MarkerWindow);
        int marker = file.Span[windowStart..].LastIndexOf(Marker);
        if (marker < 0)
        {
            problem = new MmdbProblem(MmdbFault.NoMetadata, file.Length, "there is no metadata: not a MaxMind DB file, or cut off");
            return false;
        }
        int dataEnd = windowStart + marker, metadataStart = dataEnd + Marker.Length;
        var decoder = new MmdbDecoder(file.Span[metadataStart..], metadataStart);
        MmdbValue? map = decoder.Read(0);
        problem = decoder.Problem;
        if (map is null || !MmdbMetadata.TryFrom(map, metadataStart, out MmdbMetadata? metadata, out problem))
        {
            problem ??= new MmdbProblem(MmdbFault.BadMetadata, metadataStart, "the metadata cannot be read");
            return false;
        }
        long recordsStart = metadata.TreeBytes + Separator;
        if (metadata.NodeCount == 0 || recordsStart > dataEnd)
        {
            problem = new MmdbProblem(MmdbFault.TreeTooLarge, metadataStart, "the search tree does not fit into the file");
            return false;
        }
        reader = new MmdbReader(file[..(int)metadata.TreeBytes], file[(int)recordsStart..dataEnd], metadata);
        return true;
    }

    /// <summary>Finds the record of an address. Allocates nothing; at most 128 steps.</summary>
    /// <param name="address">The address.</param>
    /// <param name="network">The block that shares the answer, and its record; for <see cref="MmdbOutcome.Found"/> only.</param>
    public MmdbOutcome Find(IpKey address, out MmdbNetwork network)
    {
        network = default;
        if (!address.IsV4 && Metadata.IpVersion == 4) return MmdbOutcome.OtherFamily;
        // A tree of version 6 that ends above ::/96 answers for all of IPv4 at once: the root is a record then, and the depth stays 0.
        uint record = address.IsV4 ? _v4Root : 0;
        UInt128 bits = address.IsV4 ? address.Value << MappedBits : address.Value;
        int depth = 0;
        for (; record < Metadata.NodeCount && depth < address.Bits; depth++, bits <<= 1) record = Child(record, (bits >> 127) != 0);
        if (record == Metadata.NodeCount) return MmdbOutcome.Absent;
        if (!TryOffset(record, out int offset)) return MmdbOutcome.Corrupt;
        network = new MmdbNetwork(IpPrefix.Around(address, depth), offset);
        return MmdbOutcome.Found;
    }

    /// <summary>Decodes a record.</summary>
    /// <param name="recordOffset">Offset in the data section, from a <see cref="MmdbNetwork"/>.</param>
    /// <param name="value">The record.</param>
    /// <param name="problem">Why it cannot be decoded.</param>
    /// <returns>False when the record is corrupt.</returns>
    public bool TryRead(int recordOffset, [NotNullWhen(true)] out MmdbValue? value, [NotNullWhen(false)] out MmdbProblem? problem)
    {
        var decoder = new MmdbDecoder(_records.Span, Metadata.TreeBytes + Separator);
        value = decoder.Read(recordOffset);
        problem = value is null ? decoder.Problem! : null;
        return value is not null;
    }

    /// <summary>Walks all networks in the order of their addresses.</summary>
    public MmdbNetworkCursor Networks() => new(this);

    /// <summary>The left or right record of a node under <see cref="MmdbMetadata.NodeCount"/>.</summary>
    internal uint Child(uint node, bool right)
    {
        ReadOnlySpan<byte> bytes = _tree.Span.Slice((int)(node * (long)Metadata.NodeBytes), Metadata.NodeBytes);
        switch (Metadata.RecordSize)
        {
            case 24:
                ReadOnlySpan<byte> three = right ? bytes[3..] : bytes;
                return (uint)((three[0] << 16) | (three[1] << 8) | three[2]);
            case 28:
                uint middle = right ? bytes[3] & 0x0Fu : (uint)bytes[3] >> 4;
                ReadOnlySpan<byte> rest = right ? bytes[4..] : bytes;
                return (middle << 24) | (uint)((rest[0] << 16) | (rest[1] << 8) | rest[2]);
            default:
                return BinaryPrimitives.ReadUInt32BigEndian(right ? bytes[4..] : bytes);
        }
    }

    /// <summary>The node at which IPv4 begins in a tree of version 6, when there is one.</summary>
    internal bool IsV4Root(uint node) => Metadata.IpVersion == 6 && _v4RootDepth == MappedBits && node == _v4Root;

    /// <summary>Turns a record of the tree into an offset in the data section.</summary>
    internal bool TryOffset(uint record, out int offset)
    {
        long distance = (long)record - Metadata.NodeCount - Separator;
        bool inside = distance >= 0 && distance < _records.Length;
        offset = inside ? (int)distance : 0;
        return inside;
    }
}
