using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>What a steered name stands for, for one client: the same behind the socket, PowerDNS and the explanation.</summary>
public struct SteeredAnswer
{
    /// <summary>Shortest block of IPv4 clients that is answered alike, bits: 4,096 viewers at most are one lot among sites that are about equal.</summary>
    public const int ShortestV4 = 20;

    /// <summary>Shortest block of IPv6 clients that is answered alike, bits.</summary>
    public const int ShortestV6 = 40;

    private Decision _decision;

    /// <summary>Nodes, best first, or why there are none.</summary>
    public readonly Decision Decision => _decision;

    /// <summary>Where the client is.</summary>
    public Located Located { get; private set; }

    /// <summary>Length of the block around the client in which every address has this answer. Blocks of different answers never overlap.</summary>
    public byte Scope { get; private set; }

    /// <summary>Time for which the answer holds, s.</summary>
    public int TtlS { get; private set; }

    /// <summary>Decides; allocates nothing.</summary>
    /// <param name="moment">What it rests on, with a snapshot.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="playKbps">What one viewer weighs, kbit/s.</param>
    /// <param name="answer">The answer.</param>
    public static void Decide(in DnsMoment moment, RoutingSnapshot snapshot, in SteeredQuestion question, int playKbps, out SteeredAnswer answer)
    {
        answer = default;
        IpKey client = question.Client;
        Located located = snapshot.Locator.Locate(client);
        int scope = Math.Max(located.PrefixLength, client.IsV4 ? ShortestV4 : ShortestV6);
        (answer.Located, answer.Scope) = (located, (byte)scope);
        if (moment.Frame.ClassOf(question.Target, snapshot.Classifier) is not { } streamClass)
        {
            answer.TtlS = question.Target.Name.LeastTtlS;
            return;
        }
        ulong viewer = SteeredDispatcher.ViewerOf(BlockHash(client, scope), question.Target.Seed, moment.NowS);
        var request = new DispatchRequest
        {
            Cell = located.Cell,
            Row = snapshot.RowOf(in located),
            Class = streamClass,
            Stream = viewer,
            Viewer = (uint)(viewer >> 32),
            Kbps = playKbps,
            Role = NodeRoles.Edge,
            Protocols = question.Target.Protocols,
            Families = question.Families,
            WarmEpoch = moment.WarmEpoch,
            Want = question.Target.Name.Nodes,
            LookOnly = true,
        };
        SteeredDispatcher.Decide(snapshot, in request, out answer._decision);
        answer.TtlS = TtlOf(in moment, question.Target.Name, in answer._decision);
    }

    /// <summary>The shortest calm of the sites that are named, within the bounds of the name.</summary>
    private static int TtlOf(in DnsMoment moment, SteeredName name, in Decision decision)
    {
        int calm = name.MostTtlS;
        for (int i = 0; i < decision.Count; i++) calm = Math.Min(calm, moment.Frame.CalmS(decision[i].Site));
        return decision.Outcome == DispatchOutcome.Placed ? Math.Max(calm, name.LeastTtlS) : name.LeastTtlS;
    }

    /// <summary>A hash of the block, the same for all its addresses. Allocates nothing.</summary>
    private static ulong BlockHash(IpKey client, int length)
    {
        ulong z = client.IsV4
            ? (ulong)(client.V4 & (uint)(uint.MaxValue << (32 - length))) << 8 | (uint)length
            : (ulong)(client.Value >> (128 - length)) ^ (ulong)(client.Value >> (128 - length) >> 64) * 0x9E3779B97F4A7C15UL ^ 1UL << 63;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
