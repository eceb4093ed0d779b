using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class MmdbReaderTests
{
    [Theory]
    [InlineData(4, 24)]
    [InlineData(4, 28)]
    [InlineData(4, 32)]
    [InlineData(6, 24)]
    [InlineData(6, 28)]
    [InlineData(6, 32)]
    public void Finds_records_of_every_record_size_and_family(int version, int recordSize)
    {
        var file = new MmdbFile(version, recordSize);
        file.Add(IpPrefixTests.Parse("1.0.0.0/8"), "one").Add(IpPrefixTests.Parse("1.2.3.0/24"), "inner").Add(IpPrefixTests.Parse("200.0.0.0/32"), "single");
        if (version == 6) file.Add(IpPrefixTests.Parse("2001:db8::/32"), "six");
        MmdbReader reader = Open(file.ToBytes());

        Assert.Equal(("one", "1.0.0.0/15"), Ask(reader, "1.0.9.9"));
        Assert.Equal(("inner", "1.2.3.0/24"), Ask(reader, "1.2.3.255"));
        Assert.Equal(("single", "200.0.0.0/32"), Ask(reader, "200.0.0.0"));
        Assert.Equal(MmdbOutcome.Absent, reader.Find(Key("200.0.0.1"), out _));
        if (version == 6) Assert.Equal(("six", "2001:db8::/32"), Ask(reader, "2001:db8:1::1"));
        else Assert.Equal(MmdbOutcome.OtherFamily, reader.Find(Key("2001:db8:1::1"), out _));
    }

    [Fact]
    public void Decodes_every_type()
    {
        var file = new MmdbFile(4, 24);
        byte[] bytes = [1, 2, 3];
        file.Add(IpPrefixTests.Parse("1.0.0.0/8"), new Dictionary<string, object>
        {
            ["text"] = new string('x', 300), ["double"] = -1.5, ["bytes"] = bytes, ["u16"] = (ushort)7, ["u32"] = uint.MaxValue, ["i32"] = -268435456,
            ["u64"] = ulong.MaxValue, ["u128"] = UInt128.MaxValue - 1, ["float"] = 1.25f, ["yes"] = true, ["list"] = new object[] { "a", false },
        });
        MmdbReader reader = Open(file.ToBytes());
        Assert.Equal(MmdbOutcome.Found, reader.Find(Key("1.1.1.1"), out MmdbNetwork network));
        Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? value, out _));

        Assert.True(value.TryGet("text", out MmdbValue? text) && text.TryGetText(out string? x) && x.Length == 300);
        Assert.Equal(-1.5, Number(value, "double"));
        Assert.Equal(1.25, Number(value, "float"));
        Assert.Equal(-268435456, Number(value, "i32"));
        Assert.Equal(7, Number(value, "u16"));
        Assert.True(value.TryGet("u64", out MmdbValue? u64) && u64.TryGetUnsigned(out UInt128 max) && max == ulong.MaxValue);
        Assert.True(value.TryGet("u128", out MmdbValue? u128) && u128.TryGetUnsigned(out UInt128 wide) && wide == UInt128.MaxValue - 1);
        Assert.True(value.TryGet("bytes", out MmdbValue? blob) && blob.Bytes.Span.SequenceEqual(bytes));
        Assert.True(value.TryGet("yes", out MmdbValue? yes) && yes.TryGetBoolean(out bool truth) && truth);
        Assert.True(value.TryGet("list", out MmdbValue? list) && list.Items.Length == 2 && list.Items[1].TryGetBoolean(out bool no) && !no);
        Assert.False(value.TryGet("absent", out _));
    }

    [Fact]
    public void Walks_networks_in_the_order_of_their_addresses_and_aliases_once()
    {
        var file = new MmdbFile(6, 24);
        file.Add(IpPrefixTests.Parse("1.0.0.0/8"), "four").Add(IpPrefixTests.Parse("2001:db8::/32"), "six");
        // 2002::/16 leads into the same tree, as real files have it.
        file.Add(IpPrefixTests.Parse("2002:8000::/17"), "own");
        file.Link(file.LastNode, 0, file.NodeOf(IpPrefixTests.Parse("0.0.0.0/1")));
        MmdbReader reader = Open(file.ToBytes());
        Assert.Equal(["1.0.0.0/8", "2001:db8::/32", "2002:8000::/17"], Walk(reader, out MmdbProblem? problem).Select(n => n.Prefix.ToString()));
        Assert.Null(problem);
    }

    [Fact]
    public void A_tree_with_a_loop_ends_with_a_problem()
    {
        var file = new MmdbFile(6, 24);
        file.Add(IpPrefixTests.Parse("2001:db8::/32"), "six");
        file.Link(5, 1, 3);
        file.Link(6, 1, 2);
        MmdbReader reader = Open(file.ToBytes());
        Walk(reader, out MmdbProblem? problem);
        Assert.Equal(MmdbFault.TreeNotFinite, problem?.Fault);
        Assert.NotEqual(MmdbOutcome.Found, reader.Find(Key("0400:4000::"), out _));
    }

    [Theory]
    [InlineData("0.0.0.0/1")]  // before IPv4 begins: the root itself
    [InlineData("1.0.0.0/32")] // inside of IPv4
    public void A_loop_through_the_root_of_IPv4_is_told_as_one(string from)
    {
        var file = new MmdbFile(6, 24);
        file.Add(IpPrefixTests.Parse("1.0.0.0/32"), "four");
        int root = file.NodeOf(IpPrefixTests.Parse("0.0.0.0/1"));
        if (from == "0.0.0.0/1") file.Link(0, 0, 0);
        else file.Link(file.NodeOf(IpPrefixTests.Parse(from)), 0, root);
        Walk(Open(file.ToBytes()), out MmdbProblem? problem);
        Assert.Equal(MmdbFault.TreeNotFinite, problem?.Fault);
    }

    [Fact]
    public void What_stands_in_the_mapped_block_is_not_told_as_IPv4()
    {
        // 1.2.3.4 and ::ffff:1.2.3.4 are one address, and it is looked up under ::/96: the walk must not tell what no search finds.
        var file = new MmdbFile(6, 24);
        file.Add(IpPrefixTests.Parse("1.0.0.0/8"), "four");
        file.Add(IpPrefixTests.Parse("::fffe:0:0/96"), "before");
        int mapped = file.LastNode;
        file.Link(mapped, 1, file.NodeOf(IpPrefixTests.Parse("1.0.0.0/8")));
        Assert.Equal(["1.0.0.0/8", "::fffe:0:0/96"], Walk(Open(file.ToBytes()), out MmdbProblem? problem).Select(network => network.Prefix.ToString()));
        Assert.Null(problem);
    }

    [Fact]
    public void A_record_that_unfolds_without_end_is_refused()
    {
        // Each array holds the one before it thirty times: thirty to the power of its height.
        var file = new MmdbFile(4, 24);
        byte[] bytes = file.Add(IpPrefixTests.Parse("0.0.0.0/1"), Enumerable.Repeat((object)"xxxx", 28).ToArray()).ToBytes();
        MmdbReader reader = Open(Bomb(bytes));
        Assert.Equal(MmdbOutcome.Found, reader.Find(Key("1.1.1.1"), out MmdbNetwork network));
        Assert.False(reader.TryRead(network.RecordOffset, out _, out MmdbProblem? problem));
        Assert.Contains(problem.Fault, new[] { MmdbFault.TooDeep, MmdbFault.TooLarge });
    }

    [Fact]
    public void No_cut_of_a_file_makes_it_throw()
    {
        byte[] whole = Sample();
        for (int length = 0; length < whole.Length; length++) Exhaust(whole[..length]);
        for (int skip = 1; skip < whole.Length; skip++) Exhaust(whole[skip..]);
    }

    [Fact]
    public void No_altered_byte_makes_it_throw()
    {
        byte[] whole = Sample();
        for (int at = 0; at < whole.Length; at++)
        {
            byte kept = whole[at];
            foreach (byte value in (byte[])[0, 1, 0x1D, 0x1F, 0x20, 0x3F, 0x7F, 0x80, 0xE0, 0xFF, (byte)(kept ^ 1), (byte)(kept + 1)])
            {
                whole[at] = value;
                Exhaust(whole);
            }
            whole[at] = kept;
        }
    }

    [Fact]
    public void Finding_allocates_nothing()
    {
        MmdbReader reader = Open(Sample());
        IpKey key = Key("1.2.3.4");
        reader.Find(key, out _);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++) reader.Find(key, out _);
        }));
    }

    internal static MmdbReader Open(byte[] file)
    {
        Assert.True(MmdbReader.TryOpen(file, out MmdbReader? reader, out MmdbProblem? problem), problem?.ToString());
        return reader;
    }

    internal static IpKey Key(string text) => IpKey.TryParse(text, out IpKey key) ? key : throw new FormatException(text);

    internal static List<MmdbNetwork> Walk(MmdbReader reader, out MmdbProblem? problem)
    {
        var networks = new List<MmdbNetwork>();
        MmdbNetworkCursor cursor = reader.Networks();
        while (cursor.TryNext(out MmdbNetwork network)) networks.Add(network);
        problem = cursor.Problem;
        return networks;
    }

    /// <summary>Does all that can be done with a file; only its not throwing and its ending are asked.</summary>
    internal static void Exhaust(byte[] file)
    {
        if (!MmdbReader.TryOpen(file, out MmdbReader? reader, out MmdbProblem? problem))
        {
            Assert.NotEmpty(problem.Reason);
            return;
        }
        foreach (string address in (string[])["0.0.0.0", "1.2.3.4", "255.255.255.255", "::", "2001:db8::1", "ffff::"])
            if (reader.Find(Key(address), out MmdbNetwork found) == MmdbOutcome.Found) reader.TryRead(found.RecordOffset, out _, out _);
        MmdbNetworkCursor cursor = reader.Networks();
        for (int i = 0; i < 10_000 && cursor.TryNext(out MmdbNetwork network); i++) reader.TryRead(network.RecordOffset, out _, out _);
    }

    private static byte[] Sample()
    {
        var file = new MmdbFile(6, 28);
        file.Add(IpPrefixTests.Parse("1.2.3.0/24"), new Dictionary<string, object> { ["a"] = "text", ["b"] = 1.5, ["c"] = new object[] { (uint)7, true } });
        file.Add(IpPrefixTests.Parse("2001:db8::/32"), new Dictionary<string, object> { ["a"] = "other" });
        return file.ToBytes();
    }

    /// <summary>Replaces the items of the array by pointers to the array itself.</summary>
    private static byte[] Bomb(byte[] file)
    {
        byte[] text = [0x44, .. "xxxx"u8], pointer = [0x20, 0x00, 0x20, 0x00, 0x40];
        for (int at = 0; at + 5 <= file.Length; at++)
            if (file.AsSpan(at, 5).SequenceEqual(text)) pointer.CopyTo(file, at);
        return file;
    }

    private static (string Text, string Prefix) Ask(MmdbReader reader, string address)
    {
        Assert.Equal(MmdbOutcome.Found, reader.Find(Key(address), out MmdbNetwork network));
        Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? value, out _));
        Assert.True(value.TryGetText(out string? text));
        return (text, network.Prefix.ToString());
    }

    private static double Number(MmdbValue map, string key) =>
        map.TryGet(key, out MmdbValue? value) && value.TryGetNumber(out double number) ? number : throw new KeyNotFoundException(key);
}
