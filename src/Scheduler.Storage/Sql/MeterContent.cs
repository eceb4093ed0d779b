using System.Buffers.Binary;
using System.Collections.Immutable;
using Scheduler.State.Planning;

namespace Scheduler.Storage.Sql;

/// <summary>The sites of a slot as bytes: for each its number, 4, and its load in kbit/s, 8, the lowest byte first.</summary>
internal static class MeterContent
{
    private const int Each = sizeof(int) + sizeof(long);

    /// <summary>Writes them.</summary>
    public static byte[] Of(ImmutableArray<NumberedKbps> sites)
    {
        byte[] content = new byte[Each * sites.Length];
        for (int i = 0; i < sites.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(Each * i), sites[i].Number);
            BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan((Each * i) + sizeof(int)), sites[i].Kbps);
        }
        return content;
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="StoreException">They are cut off.</exception>
    public static ImmutableArray<NumberedKbps> Read(ReadOnlySpan<byte> content)
    {
        if (content.Length % Each != 0) throw new StoreException("The store holds samples of bandwidth that are cut off.");
        var sites = ImmutableArray.CreateBuilder<NumberedKbps>(content.Length / Each);
        for (; !content.IsEmpty; content = content[Each..])
            sites.Add(new NumberedKbps(BinaryPrimitives.ReadInt32LittleEndian(content), BinaryPrimitives.ReadInt64LittleEndian(content[sizeof(int)..])));
        return sites.MoveToImmutable();
    }
}
