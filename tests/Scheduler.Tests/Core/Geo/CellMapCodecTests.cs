using System.Buffers.Binary;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class CellMapCodecTests
{
    private static readonly byte[] File = CellMapCodec.Write(TestMaps.Small, quality: 5);

    [Fact]
    public void A_map_comes_back_as_it_was()
    {
        Assert.True(CellMapCodec.TryRead(File, out CellMap? map, out string? reason), reason);
        Assert.Equal(TestMaps.Cells.ToArray(), map.Cells.ToArray());
        Assert.Equal(TestMaps.Made, map.CreatedAt);
        Assert.Equal("a test", map.Source);
        Assert.Equal(TestMaps.Small.Ranges(), map.Ranges());
        Assert.Equal(TestMaps.Small.TableBytes, map.TableBytes);
        Assert.Equal(File, CellMapCodec.Write(map, quality: 5));
    }

    [Fact]
    public void Carriers_of_cells_come_back_with_their_names()
    {
        Carrier carrier = new(5089, "Virgin Media \"UK\", Ltd"), nameless = new(uint.MaxValue, "");
        CellMap map = TestMaps.Of([(0, 1), (9, 3)], [(0, 0)], [TestMaps.Cells[0], TestMaps.Cells[1] with { Carrier = carrier }, TestMaps.Cells[2] with { Carrier = nameless }]);
        Assert.True(CellMapCodec.TryRead(CellMapCodec.Write(map, quality: 1), out CellMap? read, out string? reason), reason);
        Assert.Equal([null, carrier, nameless], read.Cells.Select(c => c.Carrier));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < File.Length; length++) Refused(File[..length]);
        Refused([.. File, 0]);
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        for (int bit = 0; bit < File.Length * 8; bit++)
        {
            byte[] altered = [.. File];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(altered);
        }
    }

    [Fact]
    public void Another_version_is_named()
    {
        byte[] altered = [.. File];
        altered[8] = 3;
        Assert.Contains("version 3", Refused(altered), StringComparison.Ordinal);
    }

    [Fact]
    public void Nonsense_with_a_right_checksum_is_refused_or_read_and_never_throws() => Prop
        .ForAll<int, byte>((at, value) =>
        {
            byte[] altered = [.. File];
            altered[44 + ((at & int.MaxValue) % (altered.Length - 44))] = value;
            SHA256.HashData(altered.AsSpan(44), altered.AsSpan(12));
            return CellMapCodec.TryRead(altered, out CellMap? map, out string? reason) ? map.Cells.Length <= 3 : reason.Length > 0;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_hint_that_is_wrong_changes_nothing()
    {
        byte[] altered = [.. File];
        for (int i = 3; i <= 5; i++) BinaryPrimitives.WriteInt32LittleEndian(altered.AsSpan(44 + 8 + (4 * i)), i == 3 ? 0 : 1);
        SHA256.HashData(altered.AsSpan(44), altered.AsSpan(12));
        Assert.True(CellMapCodec.TryRead(altered, out CellMap? map, out string? reason), reason);
        Assert.Equal(TestMaps.Small.Ranges(), map.Ranges());
    }

    private static string Refused(byte[] file)
    {
        Assert.False(CellMapCodec.TryRead(file, out CellMap? map, out string? reason));
        Assert.Null(map);
        return reason;
    }
}
