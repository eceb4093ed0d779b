using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>A million packets that are a little wrong, and what becomes of them.</summary>
public sealed class DnsMutationTests
{
    private const int Packets = 1_000_000;

    private static readonly byte[][] Seeds =
    [
        Ask.For("play.live.example.com", RecordType.A), Ask.For("x.wild.live.example.com", RecordType.Txt), Ask.For("lost.live.example.com", RecordType.A),
        Ask.WithEdns("play.live.example.com", RecordType.Https, options: [(Ask.Subnet, Ask.SubnetOf("81.2.3.0", 24)), (Ask.Cookie, new byte[24])]),
        Ask.WithEdns("www.live.example.com", RecordType.Aaaa, options: (Ask.Subnet, Ask.SubnetOf("2a00:23c0::", 48))),
        Ask.WithEdns("many.live.example.com", RecordType.Txt, udp: 4_096), Ask.WithEdns("x.sub.live.example.com", RecordType.A),
        [.. Ask.Header(1, 0, 1, 2), .. Ask.Name("live.example.com"), 0, 6, 0, 1, 0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 97, .. Ask.Opt(512, 0, true)],
    ];

    [Fact]
    public void None_of_them_breaks_anything_and_every_answer_is_one()
    {
        var world = new NameWorld { Cookies = new CookieJar([new byte[16]]) };
        var responder = new DnsResponder(world.Rules);
        DnsMoment moment = world.Moment();
        var random = new Random(20_261_123);
        byte[] packet = new byte[600], output = new byte[DnsRules.MostUdpLength], guarded = new byte[DnsRules.MostTcpLength];
        int answered = 0;
        for (int i = 0; i < Packets; i++)
        {
            int length = Mutate(random, packet);
            ReadOnlySpan<byte> message = packet.AsSpan(0, length);
            bool tcp = (i & 7) == 0;
            int answer = responder.Answer(message, new DnsAsker(NameWorld.Resolver, tcp), in moment, tcp ? guarded : output, out _);
            if (length >= 12 && (packet[2] & 0x80) == 0) Assert.True(answer >= 12);
            else Assert.Equal(0, answer);
            if (answer == 0) continue;
            answered++;
            if ((i & 31) != 0) continue; // to read them all would take longer than to make them
            var reading = new Reading((tcp ? guarded : output).AsSpan(0, answer));
            Assert.True(reading.IsResponse);
            if (!tcp) Assert.InRange(answer, 12, Math.Max(3 * length, 12 + 11 + 28 + 4 + 20 + 13 + 6 + length));
            Assert.Equal(0, responder.Answer((tcp ? guarded : output).AsSpan(0, answer), new DnsAsker(NameWorld.Resolver, tcp), in moment, new byte[DnsRules.MostUdpLength], out _));
        }
        Assert.InRange(answered, Packets / 2, Packets);
    }

    private static int Mutate(Random random, byte[] packet)
    {
        byte[] seed = Seeds[random.Next(Seeds.Length)];
        seed.CopyTo(packet, 0);
        int length = seed.Length;
        for (int changes = random.Next(1, 6); changes > 0; changes--)
        {
            int at = random.Next(length);
            switch (random.Next(7))
            {
                case 0: packet[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: packet[at] = (byte)random.Next(256); break;
                case 2: packet[at] = (byte)(0xC0 | random.Next(64)); break; // a pointer to somewhere
                case 3: length = Math.Max(1, at); break;
                case 4: packet[at] = 0xFF; break;
                case 5:
                    int more = Math.Min(random.Next(1, 20), packet.Length - length);
                    random.NextBytes(packet.AsSpan(length, more));
                    length += more;
                    break;
                default: packet[at] = 0; break;
            }
        }
        return length;
    }
}
