using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Tests.Protocol.V1;

public sealed class WireFuzzTests
{
    private const int Seed = 20251122;

    private static readonly byte[][] Bodies =
    [
        """{"stream":"live-42","kind":"publish","client_ip":"2001:db8::1","protocol":"hls","network":"wi\u00e9fi","bitrate_bps":6e6,"exclude":["lon1-03","p"],"previous_token":"abc","want":8,"z":[true,false,null,{"a":-1.5e-3}]}"""u8.ToArray(),
        """{"token":"abc","rtt_ms":23.5,"throughput_bps":8.2e6,"stall_ms":0,"failed":"lon1-03","reason":"http \ud83d\ude00 503"}"""u8.ToArray(),
        """{"requests":[{"stream":"a"},{"stream":"b","want":2}],"reports":[{"node":"n","incarnation":0,"sequence":0,"capacity_bps":1e9,"egress_bps":1500,"sessions":0,"state":"down","at":"2025-11-22T17:35:18.25Z","streams":[{"id":"a","viewers":1}],"by_replica":{"1":{"sessions":1,"egress_bps":5}},"limits":[{"type":"s","hard":1}],"pulls":[{"upstream":"ams","bps":1}]}]}"""u8.ToArray(),
    ];

    private static readonly string[] Tokens =
        ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "-", "1e999", "0", "é", " ", "\n", "\"stream\":", "\0"];

    [Fact]
    public void A_hundred_thousand_damaged_bodies_give_problems_and_no_exception()
    {
        Random random = new(Seed);
        int refused = 0;
        for (int i = 0; i < 100_000; i++)
        {
            byte[] body = Damage(Bodies[i % Bodies.Length], random);
            if (!ParseAll(body)) refused++;
        }
        Assert.InRange(refused, 50_000, 100_000); // damage that cannot be seen would test nothing
    }

    [Fact]
    public void Damaged_bodies_are_judged_as_another_reader_judges_them()
    {
        Random random = new(Seed + 1);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] body = Damage(Bodies[i % Bodies.Length], random);
            JsonCursor cursor = new(body);
            bool ours = cursor.Skip() && cursor.End();
            bool theirs = JsonOracle.Accepts(body, JsonCursor.MaxDepth);
            if (ours != theirs) Assert.Fail($"ours {ours}, theirs {theirs}, seed {Seed + 1}, case {i}: {Convert.ToHexString(body)}");
            if (ours) accepted++;
        }
        Assert.InRange(accepted, 1_000, 19_000); // both verdicts must have been met
    }

    /// <summary>Runs every parser; true when one took the body.</summary>
    private static bool ParseAll(byte[] body)
    {
        bool any = false;
        if (SessionRequest.TryParse(body, out SessionRequest session, out WireProblems problems))
        {
            any = true;
            Assert.True(StreamName.IsValid(session.Stream));
            Assert.InRange(session.Want, 1, SessionRequest.MaxWant);
            int excluded = 0;
            foreach (ReadOnlySpan<byte> node in session.Exclude) excluded += node.IsEmpty ? 0 : 1;
            Assert.Equal(session.Exclude.Count, excluded);
        }
        else
        {
            Assert.NotEqual(0, problems.Count);
        }

        any |= Consistent(HeartbeatRequest.TryParse(body, out _, out problems), problems);
        any |= Consistent(FailoverRequest.TryParse(body, out _, out problems), problems);
        if (Consistent(SessionBatchRequest.TryParse(body, out SessionBatchRequest requests, out problems), problems))
        {
            any = true;
            int count = 0;
            foreach (ReadOnlySpan<byte> request in requests)
            {
                Consistent(SessionRequest.TryParse(request, out _, out problems), problems);
                count++;
            }
            Assert.Equal(requests.Count, count);
        }

        ReportBatchReader reports = new(body);
        while (reports.Next())
            if (reports.IsAccepted) Assert.False(reports.Node.IsEmpty);
        return any | reports.Fault is null;
    }

    private static bool Consistent(bool ok, WireProblems problems)
    {
        Assert.Equal(ok, problems.Count == 0);
        return ok;
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        List<byte> damaged = [.. body];
        for (int blows = random.Next(1, 4); blows > 0 && damaged.Count > 0; blows--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(6))
            {
                case 0: damaged[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: damaged.RemoveAt(at); break;
                case 2: damaged.RemoveRange(at, Math.Min(random.Next(1, 20), damaged.Count - at)); break;
                case 3: damaged.InsertRange(at, WireSamples.Utf8(Tokens[random.Next(Tokens.Length)])); break;
                case 4: damaged.RemoveRange(at, damaged.Count - at); break;
                default:
                    byte[] copy = [.. damaged.Skip(at).Take(random.Next(1, 40))];
                    damaged.InsertRange(random.Next(damaged.Count), copy);
                    break;
            }
        }
        return [.. damaged];
    }
}
