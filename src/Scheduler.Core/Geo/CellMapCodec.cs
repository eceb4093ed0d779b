using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Core.Geo;

/// <summary>
/// The file form of a <see cref="CellMap"/>. Little-endian: eight bytes of magic, version (4), SHA-256 of all that follows (32), seconds
/// since 1970 (8), cells (4), IPv4 runs (4), IPv6 runs (4), sizes of the three look-up tables (4 each; only a hint), length of the source's
/// name (4) and of seven columns (4 each), the name in UTF-8, the columns (Brotli): cells; IPv4 zero bits, rests, codes; IPv6 the same.
/// Version 1 is the same without carriers of cells; it is still read.
/// </summary>
public static class CellMapCodec
{
    /// <summary>Version of the form that is written.</summary>
    public const int Version = 2;

    private const int VersionWithoutCarriers = 1;
    private const int VersionAt = 8;

    private const int Columns = 1 + (2 * RunColumns.Count);
    private const int Counts = 7;
    private const int DigestAt = 12;
    private const int BodyAt = DigestAt + SHA256.HashSizeInBytes;
    private const int HeaderBytes = BodyAt + 8 + (4 * Counts) + (4 * Columns);

    // Beyond these a file is wrong whatever its digest says, and would only take memory.
    private const int MaxRuns = 1 << 24;
    private const long MaxUnixSeconds = 253_402_300_799;

    private static ReadOnlySpan<byte> Magic => "SCHDCELL"u8;

    /// <summary>The map as a file. The same map and quality give the same bytes.</summary>
    /// <param name="map">The map.</param>
    /// <param name="quality">Brotli's, 0 (fast) to 11 (small; most of a minute for a map of the world).</param>
    public static byte[] Write(CellMap map, int quality = 11)
    {
        ArgumentNullException.ThrowIfNull(map);
        ColumnWriter[] columns = [.. Enumerable.Range(0, Columns).Select(_ => new ColumnWriter())];
        CellColumn.Write(map.Cells, columns[0]);
        int v4Runs = RunColumns.Write(map.Runs(ofV4: true), columns.AsSpan(1, RunColumns.Count));
        int v6Runs = RunColumns.Write(map.Runs(ofV4: false), columns.AsSpan(1 + RunColumns.Count, RunColumns.Count));
        (int V4RunWords, int V6Leaves, int V6Splits) sizes = map.TableSizes;
        byte[] source = Encoding.UTF8.GetBytes(map.Source);
        byte[][] packed = [.. columns.Select(c => c.Compress(quality))];

        byte[] file = new byte[HeaderBytes + source.Length + packed.Sum(p => p.Length)];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(BodyAt), map.CreatedAt.ToUnixTimeSeconds());
        int at = BodyAt + 8;
        int[] counts = [map.Cells.Length, v4Runs, v6Runs, sizes.V4RunWords, sizes.V6Leaves, sizes.V6Splits, source.Length];
        foreach (int number in (int[])[.. counts, .. packed.Select(p => p.Length)])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), number);
            at += 4;
        }
        foreach (byte[] part in (byte[][])[source, .. packed])
        {
            part.CopyTo(file, at);
            at += part.Length;
        }
        SHA256.HashData(file.AsSpan(BodyAt), file.AsSpan(DigestAt));
        return file;
    }

    /// <summary>Reads a file. Never throws on its content.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="map">The map.</param>
    /// <param name="reason">Why it was refused, one sentence without a full stop.</param>
    /// <returns>False when the file is not whole, was altered, or has another version.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out CellMap? map, [NotNullWhen(false)] out string? reason)
    {
        map = null;
        reason = Check(file.Span) ?? ReadBody(file, out map);
        return map is not null;
    }

    private static string? Check(ReadOnlySpan<byte> file)
    {
        if (file.Length < Magic.Length || !file.StartsWith(Magic)) return "not a cell map";
        if (file.Length < HeaderBytes) return "the file is cut off";
        int version = BinaryPrimitives.ReadInt32LittleEndian(file[VersionAt..]);
        if (version is not (Version or VersionWithoutCarriers))
            return FormattableString.Invariant($"the file has version {version}, and versions {VersionWithoutCarriers} to {Version} are read");
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file[BodyAt..], digest);
        return digest.SequenceEqual(file[DigestAt..BodyAt]) ? null : "the checksum does not match: the file is cut off or altered";
    }

    private static string? ReadBody(ReadOnlyMemory<byte> file, out CellMap? map)
    {
        map = null;
        ReadOnlySpan<byte> header = file.Span;
        long seconds = BinaryPrimitives.ReadInt64LittleEndian(header[BodyAt..]);
        int cellCount = Field(header, 0), v4Runs = Field(header, 1), v6Runs = Field(header, 2), sourceLength = Field(header, 6);
        int blockWords = Field(header, 3), leaves = Field(header, 4), splits = Field(header, 5);
        if (seconds is < 0 or > MaxUnixSeconds || cellCount is < 0 or > CellCode.MaxCells
            || v4Runs is < 1 or > MaxRuns || v6Runs is < 1 or > MaxRuns || sourceLength < 0
            || blockWords is < 0 or > MaxRuns || leaves is < 0 or > MaxRuns / Ipv6Table.LeafRuns || splits is < 0 or > MaxRuns)
            return "a number in the header is out of range";
        long end = HeaderBytes + (long)sourceLength;
        for (int i = 0; i < Columns; i++)
        {
            if (Field(header, Counts + i) < 0) return "a column has a negative length";
            end += Field(header, Counts + i);
        }
        if (end != file.Length) return "the columns do not fill the file";

        string source = Encoding.UTF8.GetString(header.Slice(HeaderBytes, sourceLength));
        ColumnReader[] columns = new ColumnReader[Columns];
        int at = HeaderBytes + sourceLength;
        for (int i = 0; i < Columns; i++)
        {
            int length = Field(header, Counts + i);
            columns[i] = new ColumnReader(file.Slice(at, length));
            at += length;
        }
        try
        {
            var v4 = new Ipv4TableBuilder(blockWords);
            var v6 = new Ipv6TableBuilder((leaves, splits));
            bool withCarriers = BinaryPrimitives.ReadInt32LittleEndian(header[VersionAt..]) != VersionWithoutCarriers;
            string? reason = CellColumn.Read(columns[0], cellCount, withCarriers, out ImmutableArray<Cell> cells)
                ?? RunColumns.Read(columns.AsSpan(1, RunColumns.Count), v4Runs, cellCount, v4)
                ?? RunColumns.Read(columns.AsSpan(1 + RunColumns.Count, RunColumns.Count), v6Runs, cellCount, v6);
            if (reason is null) map = new CellMap(cells, v4.Build(), v6.Build(), DateTimeOffset.FromUnixTimeSeconds(seconds), source);
            return reason;
        }
        finally
        {
            foreach (ColumnReader column in columns) column.Dispose();
        }
    }

    private static int Field(ReadOnlySpan<byte> header, int index) =>
        BinaryPrimitives.ReadInt32LittleEndian(header[(BodyAt + 8 + (4 * index))..]);
}
