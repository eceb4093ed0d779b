using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Scheduler.Core.Geo;
using Xunit.Abstractions;

namespace Scheduler.Tests.Core.Geo;

/// <summary>
/// Our reader against libmaxminddb's <c>mmdblookup</c>, over whole records of databases as they are published: 1,000 random addresses, or
/// 100,000 in the long form. The program knows one address at a time, so xargs starts it once for each.
/// </summary>
public sealed partial class RealDatabaseTests(ITestOutputHelper output)
{
    private const int Short = 1_000;
    private const int Long = 100_000;

    [RealDatabaseFact]
    public async Task Whole_records_are_those_that_mmdblookup_tells()
    {
        int count = (Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1" ? Long : Short) / RealDatabaseFactAttribute.Files.Length;
        foreach (string path in RealDatabaseFactAttribute.Files)
        {
            MmdbReader reader = MmdbReaderTests.Open(File.ReadAllBytes(path));
            string[] addresses = Addresses(reader, new Random(20260605), count);
            int found = 0, compared = 0;
            foreach (Dictionary<string, string> told in await Task.WhenAll(addresses.Chunk((count + 1) / 2).Select(chunk => AskAsync(path, chunk))))
            {
                foreach ((string address, string theirs) in told)
                {
                    string ours = Record(reader, MmdbReaderTests.Key(address));
                    Assert.True(ours == theirs, $"{Path.GetFileName(path)} {address}:\nmmdblookup {theirs}\nours       {ours}");
                    compared++;
                    if (ours.Length > 0) found++;
                }
            }
            Assert.Equal(addresses.Length, compared);
            Assert.True(found > compared / 2, $"only {found} of {compared} addresses have a record");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}: {compared} addresses compared, {found} with a record"));
        }
    }

    /// <summary>Half of them anywhere in the families that the database has, half inside of its networks, to their ends.</summary>
    private static string[] Addresses(MmdbReader reader, Random random, int count)
    {
        List<MmdbNetwork> networks = MmdbReaderTests.Walk(reader, out MmdbProblem? problem);
        Assert.Null(problem);
        bool hasV6 = networks[^1].Prefix.IsV4 is false, hasV4 = networks[0].Prefix.IsV4;
        var addresses = new HashSet<string>();
        while (addresses.Count < count)
        {
            var anywhere = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
            IpPrefix block = networks[random.Next(networks.Count)].Prefix;
            UInt128 first = block.Network.Value, host = block.Last.Value ^ first;
            addresses.Add((random.Next(8) switch
            {
                0 => block.Network,
                1 => block.Last,
                2 or 3 => new IpKey(first | (anywhere & host)),
                4 when hasV6 => new IpKey((anywhere >> 3) | ((UInt128)1 << 125)), // 2000::/3
                _ => hasV4 ? IpKey.FromV4((uint)anywhere) : new IpKey(first ^ ((UInt128)1 << (127 - random.Next(64)))),
            }).ToString());
        }
        return [.. addresses];
    }

    /// <summary>What the program prints for each address, as <see cref="Text"/> writes it; empty where it has no record.</summary>
    private static async Task<Dictionary<string, string>> AskAsync(string path, string[] addresses)
    {
        // With -t xargs tells each command before it runs it, and all share one pipe: what follows a command is its answer.
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])["-c", "exec xargs -t -n 1 \"$0\" --file \"$1\" --ip 2>&1", MmdbLookupFactAttribute.Program!, path])
            start.ArgumentList.Add(argument);
        using Process program = Process.Start(start)!;
        Task feeding = FeedAsync(program.StandardInput, addresses);
        var told = new Dictionary<string, string>();
        string? address = null;
        var answer = new StringBuilder();
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(MmdbLookupFactAttribute.Program!, StringComparison.Ordinal))
            {
                if (address is not null) told.Add(address, Tidy(answer.ToString()));
                address = line[(line.LastIndexOf(' ') + 1)..].Trim('\'');
                answer.Clear();
            }
            else answer.Append(line).Append('\n');
        }
        if (address is not null) told.Add(address, Tidy(answer.ToString()));
        await feeding;
        await program.WaitForExitAsync();
        return told;
    }

    private static async Task FeedAsync(StreamWriter input, string[] addresses)
    {
        await using (input)
            foreach (string address in addresses) await input.WriteAsync(address + "\n");
    }

    private static string Record(MmdbReader reader, IpKey address)
    {
        MmdbOutcome outcome = reader.Find(address, out MmdbNetwork network);
        if (outcome is MmdbOutcome.Absent or MmdbOutcome.OtherFamily) return "";
        Assert.Equal(MmdbOutcome.Found, outcome);
        Assert.True(reader.TryRead(network.RecordOffset, out MmdbValue? record, out MmdbProblem? problem), problem?.ToString());
        return Tidy(Text(record));
    }

    /// <summary>A record in the program's own notation.</summary>
    private static string Text(MmdbValue value) => value.Kind switch
    {
        MmdbKind.Map => $"{{ {string.Join(' ', value.Members.Select(m => $"\"{m.Key}\": {Text(m.Value)}"))} }}",
        MmdbKind.Array => $"[ {string.Join(' ', value.Items.Select(Text))} ]",
        MmdbKind.Text => value.TryGetText(out string? text) ? $"\"{text}\" <utf8_string>" : "",
        MmdbKind.Boolean => value.TryGetBoolean(out bool truth) ? $"{(truth ? "true" : "false")} <boolean>" : "",
        MmdbKind.Float or MmdbKind.Double => value.TryGetNumber(out double real)
            ? string.Create(CultureInfo.InvariantCulture, $"{real:F6} <{(value.Kind == MmdbKind.Float ? "float" : "double")}>") : "",
        _ => value.TryGetNumber(out double number) ? string.Create(CultureInfo.InvariantCulture, $"{number} <{value.Kind.ToString().ToLowerInvariant()}>") : "",
    };

    private static string Tidy(string text) => NothingThere().IsMatch(text) ? "" : Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("Could not find an entry|You attempted to look up an IPv6 address in an IPv4-only database")]
    private static partial Regex NothingThere();
}
