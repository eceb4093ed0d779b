using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

/// <summary>Our reader against the format's own: libmaxminddb's <c>mmdblookup</c>.</summary>
public sealed partial class MmdbLookupTests
{
    private const int Short = 300;
    private const int Long = 3_000;

    [MmdbLookupFact]
    public void Country_and_location_are_those_that_mmdblookup_tells()
    {
        string path = Path.Combine(MaxMindFactAttribute.Folder, "test-data", "GeoIP2-City-Test.mmdb");
        MmdbReader reader = MmdbReaderTests.Open(File.ReadAllBytes(path));
        List<MmdbNetwork> networks = MmdbReaderTests.Walk(reader, out MmdbProblem? problem);
        Assert.Null(problem);

        var random = new Random(20260301);
        int count = Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1" ? Long : Short, found = 0, located = 0;
        for (int i = 0; i < count; i++)
        {
            IpKey address = Address(random, networks);
            string text = address.ToString();
            string? country = Told(path, text, "country", "iso_code"), location = Told(path, text, "location");
            MmdbValue? record = Record(reader, address);

            Assert.True(country == Country(record), $"{text}: {country} is told, {Country(record)} is ours");
            Assert.Equal((text, Coordinate(location, "latitude")), (text, Coordinate(record, "latitude")));
            Assert.Equal((text, Coordinate(location, "longitude")), (text, Coordinate(record, "longitude")));
            if (record is not null) found++;
            if (location is not null) located++;
        }
        // Most random addresses are in no network of so small a file: without the chosen ones nothing would be compared.
        Assert.True(located > count / 2 && found < count, $"{found} found and {located} located of {count}");
    }

    /// <summary>Inside a random network, its 6to4 second name, or anywhere.</summary>
    private static IpKey Address(Random random, List<MmdbNetwork> networks)
    {
        var anywhere = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
        IpPrefix block = networks[random.Next(networks.Count)].Prefix;
        UInt128 first = block.Network.Value;
        var inside = new IpKey(first | (anywhere & (block.Last.Value ^ first)));
        return random.Next(8) switch
        {
            0 => IpKey.FromV4((uint)anywhere),
            1 => new IpKey(anywhere),
            2 when inside.IsV4 => new IpKey((0x2002UL << 48) | ((ulong)inside.V4 << 16), 1),
            _ => inside,
        };
    }

    private static MmdbValue? Record(MmdbReader reader, IpKey address)
    {
        MmdbOutcome outcome = reader.Find(address, out MmdbNetwork network);
        if (outcome == MmdbOutcome.Absent) return null;
        Assert.Equal(MmdbOutcome.Found, outcome);
        Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? record, out MmdbProblem? problem), problem?.ToString());
        return record;
    }

    private static string? Country(MmdbValue? record) =>
        record is not null && record.TryGet("country", out MmdbValue? country) && country.TryGet("iso_code", out MmdbValue? code)
        && code.TryGetText(out string? text) ? $"\"{text}\" <utf8_string>" : null;

    private static double? Coordinate(MmdbValue? record, string name) =>
        record is not null && record.TryGet("location", out MmdbValue? location) && location.TryGet(name, out MmdbValue? value)
        && value.TryGetNumber(out double degrees) ? Math.Round(degrees, 6) : null; // the program prints six places

    private static double? Coordinate(string? location, string name) =>
        CoordinateLine().Matches(location ?? "").FirstOrDefault(match => match.Groups["name"].Value == name) is { } line
            ? double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>What the program prints for a path of keys; null when the address has no record, or the record has no such path.</summary>
    private static string? Told(string database, string address, params string[] keys)
    {
        var start = new ProcessStartInfo(MmdbLookupFactAttribute.Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--file", database, "--ip", address, .. keys]) start.ArgumentList.Add(argument);
        using Process program = Process.Start(start)!;
        string output = program.StandardOutput.ReadToEnd(), error = program.StandardError.ReadToEnd();
        program.WaitForExit();
        if (program.ExitCode == 0) return output.Trim();
        Assert.True(NothingThere().IsMatch(error), $"mmdblookup {address}: {error}");
        return null;
    }

    [GeneratedRegex(@"""(?<name>\w+)"":\s+(?<value>-?[\d.]+) <double>")]
    private static partial Regex CoordinateLine();

    [GeneratedRegex("Could not find an entry|does not match the data")]
    private static partial Regex NothingThere();
}
