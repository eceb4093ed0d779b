using System.Runtime.InteropServices;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Server.Endpoints.Upstreams;
using Scheduler.State.Sites;

namespace Scheduler.Server.Endpoints.Reports;

/// <summary>What became of the reports of one call or message.</summary>
internal readonly struct ReportIntake
{
    /// <summary>What is said when some cannot be taken in.</summary>
    public const string TooFast = "reports come faster than they can be taken in; send them again, newest first";

    /// <summary>An intake.</summary>
    /// <param name="gathered">Reports that are good, by the writer that they are for.</param>
    /// <param name="rejections">Why others are not.</param>
    /// <param name="sites">What is done with each site that they speak for.</param>
    public ReportIntake(List<ReportEnvelope>?[] gathered, List<ReportRejection> rejections, KeyValuePair<string, SiteStatus>[] sites)
    {
        (Gathered, Rejections, Sites) = (gathered, rejections, sites);
        Accepted = gathered.Sum(reports => reports?.Count ?? 0);
    }

    /// <summary>Reports that wait to be handed over, by the writer that they are for.</summary>
    public List<ReportEnvelope>?[] Gathered { get; }

    /// <summary>Why others are not.</summary>
    public List<ReportRejection> Rejections { get; }

    /// <summary>What is done with each site that they speak for.</summary>
    public KeyValuePair<string, SiteStatus>[] Sites { get; }

    /// <summary>Reports that are good.</summary>
    public int Accepted { get; }

    /// <summary>What the nodes are told of pulls; null where the whole was at fault.</summary>
    public UpstreamNews? News { get; init; }

    /// <summary>The rejections, for the writers of answers.</summary>
    public ReadOnlySpan<ReportRejection> Rejected => CollectionsMarshal.AsSpan(Rejections);
}
