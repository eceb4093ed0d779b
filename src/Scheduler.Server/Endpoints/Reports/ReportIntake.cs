using System.Runtime.InteropServices;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Server.Endpoints.Reports;

/// <summary>What became of the reports of one call or message.</summary>
/// <param name="IsWhole">False when some came faster than they can be taken in, and were sent away.</param>
/// <param name="Accepted">Reports that were taken.</param>
/// <param name="Rejections">Why others were not.</param>
/// <param name="Sites">What is done with each site that they spoke for.</param>
internal readonly record struct ReportIntake(bool IsWhole, int Accepted, List<ReportRejection> Rejections, KeyValuePair<string, SiteStatus>[] Sites)
{
    /// <summary>What is said when some were sent away.</summary>
    public const string TooFast = "reports come faster than they can be taken in; send them again, newest first";

    /// <summary>The rejections, for the writers of answers.</summary>
    public ReadOnlySpan<ReportRejection> Rejected => CollectionsMarshal.AsSpan(Rejections);
}
