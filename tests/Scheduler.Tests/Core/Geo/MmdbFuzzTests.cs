using System.Globalization;
using Scheduler.Core.Geo;
using Xunit.Abstractions;

namespace Scheduler.Tests.Core.Geo;

/// <summary>Damaged files: each is refused with a reason or answered, within bounds. A failure names the file and the number that make it again.</summary>
public class MmdbFuzzTests(ITestOutputHelper output)
{
    private const int Short = 20_000;
    private const int Long = 1_000_000;
    private const int LargestBytes = 24 * 1024;
    private const int RecordsRead = 16;

    /// <summary>
    /// Most bytes that one record may cost: 2^25 bytes of text as UTF-16, 2^16 values, and the space set aside on each of 64 levels.
    /// </summary>
    private const long MostGarbage = 160L << 20;

    private static readonly IpKey[] Asked =
        [.. from text in (string[])["0.0.0.0", "1.1.1.1", "81.2.69.160", "255.255.255.255", "::", "::1.1.1.1", "2001:db8::1", "2002:101:101::", "ffff:ffff::"] select MmdbReaderTests.Key(text)];

    [Fact]
    public void A_damaged_file_is_refused_or_answered()
    {
        (string Name, byte[] File)[] files = [.. WellFormed()];
        var tally = new MmdbFuzzTally();
        int mutants = Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1" ? Long : Short;
        for (int number = 0; number < mutants; number++)
        {
            (string name, byte[] whole) = files[number % files.Length];
            var random = new Random(number);
            byte[] mutant = MmdbMutation.Apply(whole, files[random.Next(files.Length)].File, random);
            try
            {
                Exhaust(mutant, random, tally);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"mutant {number}, of {name}, {mutant.Length} bytes"), fault);
            }
        }
        output.WriteLine(tally.ToString());
        // Damage that is always noticed, or never, would prove nothing.
        Assert.True(tally.Opened > mutants / 4, tally.ToString());
        Assert.True(tally.Refused > mutants / 20, tally.ToString());
        Assert.True(tally.BrokenTrees > mutants / 1_000, tally.ToString());
        Assert.True(tally.BrokenRecords > mutants / 100, tally.ToString());
    }

    /// <summary>Does with a file all that can be done with it, and asks that its answers agree.</summary>
    private static void Exhaust(byte[] file, Random random, MmdbFuzzTally tally)
    {
        bool opened = MmdbReader.TryOpen(file, out MmdbReader? reader, out MmdbProblem? problem);
        tally.Count(opened);
        if (!opened)
        {
            AssertTold(problem, file);
            return;
        }
        foreach (IpKey address in Asked)
        {
            if (reader!.Find(address, out MmdbNetwork found) != MmdbOutcome.Found) continue;
            Assert.True(found.Prefix.Contains(address), $"{found.Prefix} is the answer for {address}");
            Read(reader, found, file, tally);
        }
        Walk(reader!, file, random, tally);
    }

    private static void Walk(MmdbReader reader, byte[] file, Random random, MmdbFuzzTally tally)
    {
        MmdbNetworkCursor cursor = reader.Networks();
        // A step of the walk opens two branches, and each tells at most one network.
        long most = 2 * ((16L * reader.Metadata.NodeCount) + 256), walked = 0;
        IpKey? last = null;
        while (cursor.TryNext(out MmdbNetwork network))
        {
            Assert.True(++walked <= most, "the walk does not end");
            // IPv4 has the place of ::/96 in the order of the tree.
            IpKey at = network.Prefix.IsV4 ? new IpKey(0, network.Prefix.Network.V4) : network.Prefix.Network;
            Assert.True(last is null || last.Value.CompareTo(at) < 0, $"{network.Prefix} is told behind {last}");
            last = at;
            Assert.Equal(MmdbOutcome.Found, reader.Find(network.Prefix.Network, out MmdbNetwork found));
            Assert.Equal(network, found);
            if (random.NextInt64(walked) < RecordsRead) Read(reader, network, file, tally);
        }
        tally.CountTree(cursor.Problem);
        if (cursor.Problem is not null) AssertTold(cursor.Problem, file);
    }

    private static void Read(MmdbReader reader, MmdbNetwork network, byte[] file, MmdbFuzzTally tally)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool read = reader.TryRead(network.RecordOffset, out MmdbValue? value, out MmdbProblem? problem);
        long garbage = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(garbage <= MostGarbage, $"a record cost {garbage} bytes");
        tally.CountRecord(read, garbage);
        if (read) CityPlace.TryFrom(value!, out _);
        else AssertTold(problem, file);
    }

    private static void AssertTold(MmdbProblem? problem, byte[] file)
    {
        Assert.NotNull(problem);
        Assert.NotEmpty(problem.Reason);
        Assert.InRange(problem.Offset, 0, file.Length);
    }

    /// <summary>Two files that are built here, and the small ones of the public test files that open and can be read whole.</summary>
    private static IEnumerable<(string Name, byte[] File)> WellFormed()
    {
        yield return ("the file of the family 4", Built(4, 24));
        yield return ("the file of the family 6", Built(6, 28));
        string folder = Path.Combine(MaxMindFactAttribute.Folder, "test-data");
        if (!Directory.Exists(folder)) yield break;
        foreach (string path in Directory.GetFiles(folder, "*.mmdb").Order(StringComparer.Ordinal))
        {
            byte[] file = File.ReadAllBytes(path);
            if (file.Length <= LargestBytes && IsWhole(file)) yield return (Path.GetFileName(path), file);
        }
    }

    private static bool IsWhole(byte[] file)
    {
        if (!MmdbReader.TryOpen(file, out MmdbReader? reader, out _)) return false;
        List<MmdbNetwork> networks = MmdbReaderTests.Walk(reader, out MmdbProblem? problem);
        return problem is null && networks.TrueForAll(network => reader.TryRead(network.RecordOffset, out _, out _));
    }

    private static byte[] Built(int version, int recordSize)
    {
        var file = new MmdbFile(version, recordSize);
        byte[] bytes = [1, 2, 3];
        file.Add(IpPrefixTests.Parse("1.0.0.0/8"), new Dictionary<string, object>
        {
            ["text"] = new string('x', 40), ["double"] = -1.5, ["bytes"] = bytes, ["u16"] = (ushort)7, ["u32"] = uint.MaxValue, ["i32"] = -5,
            ["u64"] = ulong.MaxValue, ["float"] = 1.25f, ["yes"] = true, ["list"] = new object[] { "a", false, new object[] { "b" } },
        });
        file.Add(IpPrefixTests.Parse("81.2.69.160/27"), new Dictionary<string, object>
        {
            ["country"] = new Dictionary<string, object> { ["iso_code"] = "GB" },
            ["location"] = new Dictionary<string, object> { ["latitude"] = 51.5, ["longitude"] = -0.1 },
        });
        if (version == 6)
        {
            file.Add(IpPrefixTests.Parse("2001:db8::/32"), "six").Add(IpPrefixTests.Parse("2002:8000::/17"), "own");
            file.Link(file.LastNode, 0, file.NodeOf(IpPrefixTests.Parse("0.0.0.0/1")));
        }
        return file.ToBytes();
    }
}
