using System.Globalization;
using System.Text.Json;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

/// <summary>The format's public test files, where <see cref="MaxMindFactAttribute.Variable"/> names them.</summary>
public class MaxMindFilesTests
{
    [MaxMindFact]
    public void Every_record_of_the_well_formed_files_is_what_their_source_says()
    {
        int compared = 0;
        foreach (string source in Directory.GetFiles(Path.Combine(MaxMindFactAttribute.Folder, "source-data"), "*.json"))
        {
            string file = Path.Combine(MaxMindFactAttribute.Folder, "test-data", Path.GetFileNameWithoutExtension(source) + ".mmdb");
            if (!File.Exists(file)) continue;
            MmdbReader reader = MmdbReaderTests.Open(File.ReadAllBytes(file));
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(source));
            (IpPrefix Prefix, JsonElement Record)[] rows = [.. json.RootElement.EnumerateArray().SelectMany(row => row.EnumerateObject()).Select(p => (Prefix(p.Name), p.Value))];
            // Both ends of what the source has, and of what the walk tells: a network too many or too wide would be seen.
            IpKey[] ends = [.. rows.Select(r => r.Prefix).Concat(MmdbReaderTests.Walk(reader, out MmdbProblem? broken).Select(n => n.Prefix)).SelectMany(p => (IpKey[])[p.Network, p.Last])];
            Assert.Null(broken);
            foreach (IpKey address in ends.Distinct())
            {
                Assert.Equal(MmdbOutcome.Found, reader.Find(address, out MmdbNetwork network));
                Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? value, out MmdbProblem? problem), problem?.ToString());
                int row = Array.FindLastIndex(rows, r => r.Prefix.Contains(address)); // a later row overwrites what it covers
                string where = $"{Path.GetFileName(file)} {address}";
                if (row >= 0) AssertSame(rows[row].Record, value, where);
                else Assert.True(value is { Kind: MmdbKind.Map, Members.IsEmpty: true }, where); // the files have such records around their rows
                compared++;
            }
        }
        Assert.True(compared > 1_000, $"only {compared} records compared");
    }

    [MaxMindFact]
    public void Every_tree_shape_answers_alike()
    {
        foreach (int size in (int[])[24, 28, 32])
        {
            MmdbReader v4 = Open($"MaxMind-DB-test-ipv4-{size}.mmdb"), mixed = Open($"MaxMind-DB-test-mixed-{size}.mmdb"), v6 = Open($"MaxMind-DB-test-ipv6-{size}.mmdb");
            foreach ((MmdbReader reader, string prefix) in ((MmdbReader, string)[])[(v4, ""), (mixed, "::")])
            {
                Assert.Equal(prefix + "1.1.1.1", Ip(reader, "1.1.1.1"));
                Assert.Equal(prefix + "1.1.1.2", Ip(reader, "1.1.1.3"));
                Assert.Equal(prefix + "1.1.1.16", Ip(reader, "1.1.1.17"));
                Assert.Equal(MmdbOutcome.Absent, reader.Find(MmdbReaderTests.Key("1.1.1.33"), out _));
            }
            Assert.Equal("::2:0:40", Ip(v6, "::2:0:41"));
            Assert.Equal(MmdbOutcome.Absent, v6.Find(MmdbReaderTests.Key("1.1.1.1"), out _));
        }
    }

    [MaxMindFact]
    public void Every_type_is_decoded_as_the_format_s_own_file_has_it()
    {
        MmdbReader reader = Open("MaxMind-DB-test-decoder.mmdb");
        Assert.Equal(MmdbOutcome.Found, reader.Find(MmdbReaderTests.Key("1.1.1.1"), out MmdbNetwork network));
        Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? record, out MmdbProblem? problem), problem?.ToString());
        Dictionary<string, MmdbValue> members = record.Members.ToDictionary(m => m.Key, m => m.Value);
        Assert.True(members["boolean"].TryGetBoolean(out bool yes) && yes);
        Assert.Equal([0, 0, 0, 42], members["bytes"].Bytes.ToArray());
        Assert.True(members["utf8_string"].TryGetText(out string? text) && text == "unicode! ☯ - ♫");
        Assert.Equal([1, 2, 3], members["array"].Items.Select(i => i.TryGetUnsigned(out UInt128 n) ? (int)n : 0));
        Assert.True(members["map"].TryGet("mapX", out MmdbValue? inner) && inner.TryGet("utf8_stringX", out MmdbValue? hello) && hello.TryGetText(out string? said) && said == "hello");
        foreach ((string name, double expected) in ((string, double)[])[("double", 42.123456), ("float", 1.1f), ("int32", -268435456), ("uint16", 100), ("uint32", 268435456), ("uint64", 1152921504606846976)])
            Assert.Equal((name, expected), (name, members[name].TryGetNumber(out double number) ? number : double.NaN));
        Assert.True(members["uint128"].TryGetUnsigned(out UInt128 wide) && wide == UInt128.One << 120);
    }

    [MaxMindFact]
    public void The_carriers_of_the_public_file_are_those_of_its_source()
    {
        var carriers = new CarrierTable();
        Assert.True(carriers.TryAdd(Open("GeoLite2-ASN-Test.mmdb"), out MmdbProblem? problem), problem?.ToString());
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(MaxMindFactAttribute.Folder, "source-data", "GeoLite2-ASN-Test.json")));
        int compared = 0;
        foreach (JsonProperty row in json.RootElement.EnumerateArray().SelectMany(r => r.EnumerateObject()))
        {
            if (!row.Value.TryGetProperty("autonomous_system_number", out JsonElement number)) continue;
            IpKey first = Prefix(row.Name).Network;
            int index = first.IsV4 ? new CarrierCursor(carriers.V4).At(first.V4, out _) : new CarrierCursor(carriers.V6).At(first.Value, out _);
            Assert.Equal((row.Name, number.GetUInt32()), (row.Name, carriers[index].Asn));
            compared++;
        }
        Assert.True(compared > 100, $"only {compared} compared");
        Assert.False(new CarrierTable().TryAdd(Open("GeoIP2-City-Test.mmdb"), out problem));
        Assert.Contains("GeoIP2-City", problem.Reason, StringComparison.Ordinal);
    }

    [MaxMindFact]
    public void A_tree_without_IPv4_answers_for_all_of_it_at_once()
    {
        MmdbReader reader = Open("MaxMind-DB-no-ipv4-search-tree.mmdb");
        Assert.Equal(MmdbOutcome.Found, reader.Find(MmdbReaderTests.Key("1.1.1.1"), out MmdbNetwork network));
        Assert.Equal("0.0.0.0/0", network.Prefix.ToString());
        Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? value, out _) && value.TryGetText(out string? text) && text == "::/64");
    }

    [MaxMindFact]
    public void Bad_files_are_refused_or_answered()
    {
        string[] files = Directory.GetFiles(Path.Combine(MaxMindFactAttribute.Folder, "bad-data"), "*.mmdb", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (string file in files) MmdbReaderTests.Exhaust(File.ReadAllBytes(file));
        foreach (string file in Directory.GetFiles(Path.Combine(MaxMindFactAttribute.Folder, "test-data"))) MmdbReaderTests.Exhaust(File.ReadAllBytes(file));
    }

    [MaxMindFact]
    public void Broken_records_are_told()
    {
        MmdbReader doubles = Open("GeoIP2-City-Test-Broken-Double-Format.mmdb");
        Assert.Contains(MmdbReaderTests.Walk(doubles, out _), n => !doubles.TryRead(n.RecordOffset, out _, out _));
        MmdbReader pointers = Open("MaxMind-DB-test-broken-pointers-24.mmdb");
        Assert.Contains(MmdbReaderTests.Walk(pointers, out _), n => !pointers.TryRead(n.RecordOffset, out _, out _));
        MmdbReader tree = Open("MaxMind-DB-test-broken-search-tree-24.mmdb");
        MmdbReaderTests.Walk(tree, out MmdbProblem? problem);
        Assert.NotNull(problem);
    }

    private static MmdbReader Open(string name) =>
        MmdbReaderTests.Open(File.ReadAllBytes(Path.Combine(MaxMindFactAttribute.Folder, "test-data", name)));

    private static string Ip(MmdbReader reader, string address)
    {
        Assert.Equal(MmdbOutcome.Found, reader.Find(MmdbReaderTests.Key(address), out MmdbNetwork network));
        Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? record, out _));
        Assert.True(record.TryGet("ip", out MmdbValue? ip) && ip.TryGetText(out _));
        return ip.TryGetText(out string? text) ? text : "";
    }

    /// <summary>The sources write IPv4 blocks as <c>::a.b.c.d/n</c>.</summary>
    private static IpPrefix Prefix(string text)
    {
        IpPrefix prefix = IpPrefixTests.Parse(text);
        return !prefix.IsV4 && prefix.Length >= 96 && prefix.Network.Value >> 32 == 0
            ? IpPrefix.Around(IpKey.FromV4((uint)prefix.Network.Low), prefix.Length - 96)
            : prefix;
    }

    private static void AssertSame(JsonElement expected, MmdbValue actual, string where)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(MmdbKind.Map, actual.Kind);
                Assert.True(expected.EnumerateObject().Count() == actual.Members.Length, where);
                foreach (JsonProperty member in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGet(member.Name, out MmdbValue? value), $"{where} {member.Name}");
                    AssertSame(member.Value, value, $"{where}.{member.Name}");
                }
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.Items.Length);
                for (int i = 0; i < actual.Items.Length; i++) AssertSame(expected[i], actual.Items[i], $"{where}[{i}]");
                break;
            case JsonValueKind.String:
                Assert.True(actual.TryGetText(out string? text) && text == expected.GetString(), where);
                break;
            case JsonValueKind.Number:
                Assert.True(actual.TryGetNumber(out double number) && Math.Abs(number - expected.GetDouble()) <= 1e-4 * Math.Max(1, Math.Abs(number)),
                    string.Create(CultureInfo.InvariantCulture, $"{where}: {number}"));
                break;
            default:
                // Some makers' true is the number 1.
                bool truth = actual.TryGetBoolean(out bool boolean) ? boolean : actual.TryGetNumber(out double one) && one == 1;
                Assert.True(truth == (expected.ValueKind == JsonValueKind.True), where);
                break;
        }
    }
}
