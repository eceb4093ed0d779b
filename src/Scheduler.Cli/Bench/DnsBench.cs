using System.Buffers.Binary;
using System.Text;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;

namespace Scheduler.Cli.Bench;

/// <summary><c>dns</c>: a question in bytes in, an answer in bytes out, for steered names with client subnets and for records that stand.</summary>
internal sealed class DnsBench : IBench
{
    private const int Questions = 1 << 14;

    /// <inheritdoc/>
    public string Name => "dns";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var world = new BenchWorld(seed: 1);
        var zones = new ZoneSet(
        [
            new Zone("live.example.com", ["ns1"], "hostmaster@example.com", 300, 30, true, [new ZoneRecord("ns1", RecordType.A, null, "192.0.2.53")],
                [new SteeredName("play", StreamClassifier.Default, default, 3, 5, 60, ["h2"])]),
        ]);
        byte[] calm = new byte[world.Snapshot.Fleet.Sites.Length];
        Array.Fill(calm, (byte)60);
        var frame = new DnsFrame(ZoneTable.Build(zones, 1), world.Snapshot.Classifier, calm);
        var moment = new DnsMoment(world.Snapshot, frame, null, 1_800_000_000, world.Epoch);
        uint[] clients = world.Addresses(Questions, seed: 5);
        yield return Measure("dns-steered-a", moment, [.. clients.Select(client => Question("play.live.example.com", RecordType.A, client))]);
        yield return Measure("dns-steered-https", moment, [.. clients.Select(client => Question("play.live.example.com", RecordType.Https, client))]);
        yield return Measure("dns-record", moment, [.. clients.Select(client => Question("ns1.live.example.com", RecordType.A, client))]);
        yield return Measure("dns-nxdomain", moment, [.. clients.Select(client => Question($"n{client & 1023}.live.example.com", RecordType.A, client))]);
    }

    private static BenchResult Measure(string name, DnsMoment moment, byte[][] questions)
    {
        var responder = new DnsResponder(DnsRules.Default);
        var asker = new DnsAsker(IpKey.FromV4(0x51020304), IsStream: false);
        byte[] output = new byte[DnsRules.MostUdpLength];
        return Measurement.Of(name, questions.Length, () =>
        {
            long sum = 0;
            foreach (byte[] question in questions)
            {
                int length = responder.Answer(question, in asker, in moment, output, out DnsOutcome outcome);
                if (length == 0 || outcome.Rcode is not (DnsRcode.NoError or DnsRcode.NxDomain)) throw new InvalidOperationException($"a question was answered {outcome.Rcode}");
                sum += length;
            }
            return sum;
        });
    }

    /// <summary>A question with a client subnet of 24 bits.</summary>
    private static byte[] Question(string name, RecordType type, uint client)
    {
        var message = new List<byte> { 0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1 };
        foreach (string label in name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }
        message.AddRange([0, 0, (byte)type, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 11, 0, 8, 0, 7, 0, 1, 24, 0]);
        Span<byte> address = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(address, client);
        message.AddRange(address[..3]);
        return [.. message];
    }
}
