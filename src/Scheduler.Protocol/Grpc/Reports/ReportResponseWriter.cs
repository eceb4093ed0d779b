using System.Text;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Upstreams;

namespace Scheduler.Protocol.Grpc.Reports;

/// <summary>Writes <c>scheduler.v1.ReportResponse</c>.</summary>
public static class ReportResponseWriter
{
    /// <summary>Most bytes that an answer takes, without a message's frame.</summary>
    public static int MaxLength(
        ReadOnlySpan<ReportRejection> rejected, int weights, ReadOnlySpan<KeyValuePair<string, SiteStatus>> sites,
        ReadOnlySpan<UpstreamEntry> upstream = default, ReadOnlySpan<WarmUpEntry> warmUps = default)
    {
        int length = (8 + (4 * weights)) * ProtobufOutput.MaxHead;
        foreach (ref readonly ReportRejection rejection in rejected) length += (4 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(rejection.Field.Length + rejection.Reason.Length);
        foreach ((string site, _) in sites) length += (3 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(site.Length);
        foreach (ref readonly UpstreamEntry entry in upstream)
        {
            length += (4 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(entry.Node.Length + entry.Stream.Length + entry.Outcome.Length);
            foreach (UpstreamParentEntry parent in entry.Parents)
                length += (9 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(parent.Node.Length + parent.Idc.Length + parent.Host.Length);
        }
        foreach (ref readonly WarmUpEntry warmUp in warmUps) length += (3 * ProtobufOutput.MaxHead) + Encoding.UTF8.GetMaxByteCount(warmUp.Node.Length + warmUp.Stream.Length);
        return length;
    }

    /// <summary>Writes an answer.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="accepted">Reports that were taken, also those that came too late to matter.</param>
    /// <param name="rejected">Why the others were not.</param>
    /// <param name="intervalMs">When to report next, ms.</param>
    /// <param name="escrowEpoch">Number of the weights.</param>
    /// <param name="weights">Number of each replica and its weight; the weights sum to 1.</param>
    /// <param name="sites">Id of each site that the message spoke for, and what is done with it.</param>
    /// <param name="upstream">From where nodes are to pull: what they asked for, and what has changed.</param>
    /// <param name="warmUps">What nodes should pull ahead.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(
        Span<byte> destination, int accepted, ReadOnlySpan<ReportRejection> rejected, int intervalMs, long escrowEpoch,
        ReadOnlySpan<KeyValuePair<byte, double>> weights, ReadOnlySpan<KeyValuePair<string, SiteStatus>> sites,
        ReadOnlySpan<UpstreamEntry> upstream = default, ReadOnlySpan<WarmUpEntry> warmUps = default)
    {
        var output = new ProtobufOutput(destination);
        output.Number(1, accepted);
        foreach (ref readonly ReportRejection rejection in rejected)
        {
            int at = output.Open(2);
            output.Number(1, rejection.Index);
            output.Text(2, rejection.Field);
            output.Text(3, rejection.Reason);
            output.Close(at);
        }
        output.Number(3, intervalMs);
        int escrow = output.Open(4);
        output.Number(1, escrowEpoch);
        foreach ((byte replica, double weight) in weights)
        {
            int entry = output.Open(2);
            output.Number(1, replica);
            output.Double(2, weight);
            output.Close(entry);
        }
        output.Close(escrow);
        foreach ((string site, SiteStatus status) in sites)
        {
            int entry = output.Open(5);
            output.Text(1, site);
            output.Number(2, (int)status + 1);
            output.Close(entry);
        }
        foreach (ref readonly UpstreamEntry one in upstream) Write(ref output, in one);
        foreach (ref readonly WarmUpEntry warmUp in warmUps)
        {
            int entry = output.Open(7);
            output.Text(1, warmUp.Node);
            output.Text(2, warmUp.Stream);
            output.Close(entry);
        }
        return output.Written;
    }

    private static void Write(ref ProtobufOutput output, in UpstreamEntry upstream)
    {
        int at = output.Open(6);
        output.Text(1, upstream.Node);
        output.Text(2, upstream.Stream);
        output.Text(3, upstream.Outcome);
        foreach (UpstreamParentEntry parent in upstream.Parents)
        {
            int entry = output.Open(4);
            output.Text(1, parent.Node);
            output.Text(2, parent.Idc);
            output.Text(3, parent.Host);
            output.Number(4, parent.Relay ? 1 : 0);
            output.Double(5, parent.RttMs);
            output.Double(6, parent.CostMs);
            output.Close(entry);
        }
        output.Close(at);
    }
}
