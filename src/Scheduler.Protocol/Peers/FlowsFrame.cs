using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;

namespace Scheduler.Protocol.Peers;

/// <summary>
/// Payload of <see cref="FrameType.Flows"/>: what reports that follow say of arrivals and pulls, one entry after the other. Apart from <see cref="ReportsFrame"/>, so that a
/// replica of a version before, which passes over it, reads the reports all the same.
/// </summary>
public static class FlowsFrame
{
    /// <summary>Most bytes of an entry, with both lists full.</summary>
    public const int MaxEntry = 4 * 1024;

    private const int MostStreams = 64;
    private const int MostPulls = 64;

    /// <summary>True when a report says anything of arrivals and pulls.</summary>
    public static bool Has(in NodeReport report)
    {
        if (report.IngressKbps > 0 || !report.Pulls.IsEmpty) return true;
        foreach (StreamLoad stream in report.Streams)
            if (stream.IngressKbps is not null) return true;
        return false;
    }

    /// <summary>Appends what a report says of them.</summary>
    public static void Append(PayloadWriter output, int node, in NodeReport report)
    {
        output.Whole(node);
        output.Whole(report.Incarnation);
        output.Whole(report.Sequence);
        output.Whole(report.IngressKbps);
        int arrivals = 0;
        foreach (StreamLoad stream in report.Streams) arrivals += stream.IngressKbps is null ? 0 : 1;
        output.Whole(arrivals);
        for (int place = 0; place < report.Streams.Length; place++)
        {
            if (report.Streams[place].IngressKbps is not { } kbps) continue;
            output.Byte((byte)place);
            output.Whole(kbps);
            output.Signed(report.Streams[place].SinceUnixMs ?? 0);
        }
        output.Whole(report.Pulls.Length);
        foreach (ReportedPull pull in report.Pulls)
        {
            output.Word(pull.Upstream);
            output.Whole(pull.Kbps);
            output.Whole(pull.Streams);
        }
    }

    /// <summary>Reads the next entry.</summary>
    /// <param name="input">The payload, or what is left of it.</param>
    /// <param name="flows">The entry.</param>
    /// <returns>False at the end, and when what follows is no entry; <see cref="PayloadReader.Failed"/> tells which.</returns>
    public static bool TryReadNext(scoped ref PayloadReader input, out ReportFlows flows)
    {
        flows = default;
        if (input.Left == 0) return false;
        int node = (int)input.Whole(int.MaxValue);
        long incarnation = input.Whole(), sequence = input.Whole(), ingressKbps = input.Whole();
        var arrivals = new StreamArrival[input.Count(3, MostStreams)];
        foreach (ref StreamArrival arrival in arrivals.AsSpan())
            arrival = new StreamArrival(input.Byte(), input.Whole(), input.Signed() is not 0 and var since ? since : null);
        var pulls = new ReportedPull[input.Count(sizeof(ulong) + 2, MostPulls)];
        foreach (ref ReportedPull pull in pulls.AsSpan()) pull = new ReportedPull(input.Word(), input.Whole(), (int)input.Whole(int.MaxValue));
        flows = new ReportFlows(
            node, incarnation, sequence, ingressKbps, ImmutableCollectionsMarshal.AsImmutableArray(arrivals), ImmutableCollectionsMarshal.AsImmutableArray(pulls));
        return !input.Failed;
    }
}
