using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class CarrierTableTests
{
    [Theory]
    [InlineData("1.0.0.0,1.0.0.255,13335,\"Cloudflare, Inc.\"", "Cloudflare, Inc.")]
    [InlineData("1.0.0.0,1.0.0.255,AS13335,plain, with a comma\r", "plain, with a comma")]
    [InlineData("1.0.0.0,1.0.0.255,13335,\"the \"\"best\"\" net\"", "the \"best\" net")]
    [InlineData("1.0.0.0,1.0.0.255,13335", "")]
    public void A_row_is_read_as_csv_writes_it(string row, string name)
    {
        CarrierTable table = Read(row);
        Assert.Equal(new Carrier(13335, name), At(table, "1.0.0.77"));
        Assert.Null(At(table, "1.0.1.0"));
        Assert.Null(At(table, "0.255.255.255"));
    }

    [Fact]
    public void Both_families_may_stand_in_one_list_and_0_is_nobody()
    {
        CarrierTable table = Read("2001:200::,2001:200:ffff:ffff:ffff:ffff:ffff:ffff,2500,WIDE\n1.0.0.0,1.0.0.9,7,a\n\n1.0.0.10,1.0.0.19,0,Not routed\n255.0.0.0,255.255.255.255,7,b\n");
        Assert.Equal("WIDE", At(table, "2001:200:1::1")!.Name);
        Assert.Null(At(table, "1.0.0.11"));
        Assert.Equal("a", At(table, "255.255.255.255")!.Name); // the first spelling of a name counts
        Assert.Equal((4, 2), (table.Networks, table.Count));
    }

    [Theory]
    [InlineData("", 1, "there is no row")]
    [InlineData("1.0.0.0,1.0.0.9", 1, "not of the form")]
    [InlineData("first,last,asn,name", 1, "\"first\" is not an IP address")]
    [InlineData("1.0.0.0,1.0.0.9,7,a\n16777216,16777471,13335,numbers", 2, "\"16777216\" is not an IP address")]
    [InlineData("1.0.0.0,1.0.0.999,7,a", 1, "\"1.0.0.999\" is not an IP address")]
    [InlineData("1.0.0.0,1.0.0.9,GB,England,London,,,51.5,-0.1,", 1, "is this a list of places?")]
    [InlineData("1.0.0.0,1.0.0.9,4294967296,a", 1, "not the number of an autonomous system")]
    [InlineData("1.0.0.0,1.0.0.9,-7,a", 1, "not the number of an autonomous system")]
    [InlineData("1.0.0.0,2001:200::,7,a", 1, "begins in one family and ends in the other")]
    [InlineData("1.0.0.9,1.0.0.0,7,a", 1, "ends before it begins")]
    [InlineData("1.0.0.0,1.0.0.9,7,a\n2.0.0.0,2.0.0.9,7,a\n\n1.5.0.0,1.5.0.9,7,a", 4, "out of order")]
    public void A_bad_row_is_told_by_line_and_reason(string text, int line, string reason)
    {
        Assert.False(new CarrierTable().TryAdd(Encoding.UTF8.GetBytes(text), out _, out LineProblem? problem));
        Assert.Equal(line, problem.Line);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_overlaps_is_left_out_and_told()
    {
        var table = new CarrierTable();
        Assert.True(table.TryAdd("1.0.0.0,1.0.0.9,1,a\n1.0.0.5,1.0.0.20,2,b\n1.0.0.10,1.0.0.19,3,c"u8, out ImmutableArray<LineProblem> overlaps, out _));
        Assert.Equal([2], overlaps.Select(o => o.Line));
        Assert.Equal((1u, 3u), (At(table, "1.0.0.7")!.Asn, At(table, "1.0.0.15")!.Asn));
    }

    [Fact]
    public void A_list_with_too_many_overlaps_is_refused()
    {
        string rows = string.Concat(Enumerable.Repeat("1.0.0.0,1.0.0.9,1,a\n", CarrierTable.MaxOverlaps + 2));
        Assert.False(new CarrierTable().TryAdd(Encoding.UTF8.GetBytes(rows), out ImmutableArray<LineProblem> overlaps, out LineProblem? problem));
        Assert.Equal((CarrierTable.MaxOverlaps, CarrierTable.MaxOverlaps + 2), (overlaps.Length, problem.Line));
    }

    [Fact]
    public void A_family_given_twice_is_refused_in_either_form()
    {
        byte[] list = Encoding.UTF8.GetBytes("1.0.0.0,1.0.0.9,1,a\n2.0.0.0,2.0.0.9,1,a");
        var table = new CarrierTable();
        Assert.True(table.TryAdd(list, out _, out _));
        Assert.False(table.TryAdd(list, out _, out LineProblem? line));
        Assert.Contains("given twice", line.Reason, StringComparison.Ordinal);
        Assert.False(table.TryAdd(Database(("1.0.0.0/8", Flat(1, "a"))), out MmdbProblem? problem));
        Assert.Contains("given twice", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_may_have_any_of_the_usual_keys()
    {
        var table = new CarrierTable();
        MmdbReader database = Database(
            ("1.0.0.0/8", new() { ["autonomous_system_number"] = 5089u, ["autonomous_system_organization"] = "Virgin Media" }),
            ("2.0.0.0/8", new() { ["asn"] = "AS5089", ["as_name"] = "ignored: the number is known" }),
            ("3.0.0.0/8", new() { ["asn"] = 7ul, ["name"] = "flat" }),
            ("4.0.0.0/8", new() { ["traits"] = new Dictionary<string, object> { ["autonomous_system_number"] = 9u } }),
            ("5.0.0.0/8", new() { ["country_code"] = "GB" }),
            ("6.0.0.0/8", new() { ["asn"] = "none" }));
        Assert.True(table.TryAdd(database, out MmdbProblem? problem), problem?.ToString());
        Assert.Equal(
            [new(5089, "Virgin Media"), new(5089, "Virgin Media"), new(7, "flat"), new(9, ""), null, null],
            Enumerable.Range(1, 6).Select(i => At(table, $"{i}.1.1.1")));
    }

    [Fact]
    public void A_database_of_cities_is_not_taken_for_one_of_carriers()
    {
        Assert.False(new CarrierTable().TryAdd(MmdbReaderTests.Open(MmdbFile.City(4, ("1.0.0.0/8", "GB", "London", 51f, 0f))), out MmdbProblem? problem));
        Assert.Equal(MmdbFault.WrongContent, problem.Fault);
        Assert.Contains("\"test\"", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_make_it_throw() => Prop
        .ForAll<byte[]>(noise =>
        {
            byte[] file = [.. "1.0.0.0,1.0.0.9,1,a\n"u8, .. noise ?? []];
            return new CarrierTable().TryAdd(file, out _, out LineProblem? problem) || problem.Reason.Length > 0;
        })
        .QuickCheckThrowOnFailure();

    internal static CarrierTable Read(string csv)
    {
        var table = new CarrierTable();
        Assert.True(table.TryAdd(Encoding.UTF8.GetBytes(csv), out _, out LineProblem? problem), problem?.ToString());
        return table;
    }

    internal static MmdbReader Database(params (string Prefix, Dictionary<string, object> Record)[] rows)
    {
        var file = new MmdbFile(4, 24);
        foreach ((string prefix, Dictionary<string, object> record) in rows) file.Add(IpPrefixTests.Parse(prefix), record);
        return MmdbReaderTests.Open(file.ToBytes());
    }

    private static Dictionary<string, object> Flat(uint asn, string name) => new() { ["asn"] = asn, ["name"] = name };

    private static Carrier? At(CarrierTable table, string address)
    {
        IpKey key = MmdbReaderTests.Key(address);
        int index = key.IsV4 ? new CarrierCursor(table.V4).At(key.V4, out _) : new CarrierCursor(table.V6).At(key.Value, out _);
        return index == PlaceNetwork.NoCarrier ? null : table[index];
    }
}
