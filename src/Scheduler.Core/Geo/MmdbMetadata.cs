using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Core.Geo;

/// <summary>What a MaxMind DB file says about itself.</summary>
/// <param name="NodeCount">Nodes of the search tree.</param>
/// <param name="RecordSize">Bits of one of a node's two records: 24, 28 or 32.</param>
/// <param name="IpVersion">4 or 6; a tree of version 6 holds IPv4 under <c>::/96</c>.</param>
/// <param name="DatabaseType">Name of what the records mean, chosen by the maker.</param>
/// <param name="BuildEpoch">Seconds since 1970 at which the file was made, as the file says: any value.</param>
public sealed record MmdbMetadata(uint NodeCount, int RecordSize, int IpVersion, string DatabaseType, ulong BuildEpoch)
{
    /// <summary>Bytes of one node.</summary>
    public int NodeBytes => RecordSize / 4;

    /// <summary>Bytes of the search tree.</summary>
    public long TreeBytes => (long)NodeCount * NodeBytes;

    internal static bool TryFrom(
        MmdbValue map, long offset, [NotNullWhen(true)] out MmdbMetadata? metadata, [NotNullWhen(false)] out MmdbProblem? problem)
    {
        metadata = null;
        problem = null;
        if (!TryGet(map, "binary_format_major_version", ushort.MaxValue, out ulong major))
            problem = Bad("binary_format_major_version");
        else if (major != 2)
            problem = new MmdbProblem(
                MmdbFault.UnsupportedVersion, offset, FormattableString.Invariant($"the format's version is {major}, not 2"));
        else if (!TryGet(map, "node_count", uint.MaxValue, out ulong nodes))
            problem = Bad("node_count");
        else if (!TryGet(map, "record_size", 32, out ulong bits) || bits is not (24 or 28 or 32))
            problem = Bad("record_size");
        else if (!TryGet(map, "ip_version", 6, out ulong version) || version is not (4 or 6))
            problem = Bad("ip_version");
        else if (!map.TryGet("database_type", out MmdbValue? name) || !name.TryGetText(out string? type))
            problem = Bad("database_type");
        else if (!TryGet(map, "build_epoch", ulong.MaxValue, out ulong epoch))
            problem = Bad("build_epoch");
        else
            metadata = new MmdbMetadata((uint)nodes, (int)bits, (int)version, type, epoch);
        return problem is null;

        MmdbProblem Bad(string field) =>
            new(MmdbFault.BadMetadata, offset, $"the metadata's {field} is missing or out of range");
    }

    private static bool TryGet(MmdbValue map, string key, ulong max, out ulong value)
    {
        value = 0;
        if (!map.TryGet(key, out MmdbValue? member) || !member.TryGetUnsigned(out UInt128 number) || number > max) return false;
        value = (ulong)number;
        return true;
    }
}
