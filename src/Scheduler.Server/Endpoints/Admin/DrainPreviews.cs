using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Admin;
using Scheduler.State;
using Scheduler.State.Planning;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>What is foreseen of drains, as it stands on the wire.</summary>
internal static class DrainPreviews
{
    private const double BitsPerMbit = 1e6;

    /// <summary>The wire form of an outlook.</summary>
    public static DrainPreviewMessage Of(DrainOutlook outlook, DrainTarget target, DateTimeOffset until, string? id)
    {
        DrainMoment start = outlook.Moments[0];
        // Of the moments the one where the fullest receiver is fuller: what an operator looks at first.
        DrainReceiver? fullest = outlook.Moments.Select(moment => moment.Preview.Fullest).MaxBy(receiver => receiver?.UtilisationAfter ?? -1);
        string? bottleneck = outlook.Refusals.FirstOrDefault(refusal => refusal.Kind == DrainRefusalKind.Infeasible)?.Detail;
        ImmutableArray<CellPlace> cells = outlook.Cells;
        return new DrainPreviewMessage(
            id, DrainTargetReader.Message(target), outlook.Nodes, [.. outlook.Sites.Select(site => IdOf(outlook, site)).Order(StringComparer.Ordinal)], outlook.IsFeasible,
            [.. outlook.Refusals.Select(Of)], Rounded(fullest), fullest is { } worst ? IdOf(outlook, worst.Site) : null, bottleneck, outlook.LoadKbps * 1_000,
            Math.Round(start.CostPerHour, 4), Of(start.Preview.Rtt), Receivers(outlook, start),
            [.. outlook.Moments.SelectMany(moment => moment.Preview.StrandedCells).Distinct().Order().Select(cell => cells[cell].Id)],
            start.At, until, outlook.Moments.Length > 1 ? Peak(outlook, outlook.Moments[1]) : null,
            WireNames.Of(outlook.Source), outlook.Revision)
        {
            Publishers = outlook.Backhaul.Publishers,
            Pulls = outlook.Backhaul.Pulls,
            BackhaulBps = outlook.Backhaul.Kbps * 1_000,
            BottleneckLink = outlook.Backhaul.Shortages is [var link, ..]
                ? new LinkShortageMessage(IdOf(outlook, link.Site), link.Idc is { } idc ? IdOf(outlook, idc) : null, link.ShortKbps * 1_000)
                : null,
        };
    }

    /// <summary>The wire form of a refusal.</summary>
    public static DrainRefusalMessage Of(DrainRefusal refusal) => new(WireNames.Of(refusal.Kind), refusal.Detail);

    /// <summary>The wire form of a site's standing; null where there is none.</summary>
    public static DrainableMessage? Of(DrainStanding? standing, SchedulerClock clock)
    {
        if (standing is null) return null;
        bool isRefused = standing.Why is not null && !(standing.Until > clock.UtcNow);
        string verdict = standing.Why is null ? "yes" : isRefused ? "no" : "until";
        return new DrainableMessage(verdict, isRefused ? null : standing.Until, standing.Why, Math.Max(0, clock.NowMs - standing.AtMs));
    }

    private static DrainPeakMessage Peak(DrainOutlook outlook, DrainMoment moment)
    {
        DrainReceiver? fullest = moment.Preview.Fullest;
        return new DrainPeakMessage(
            moment.At, moment.Preview.IsFeasible, Rounded(fullest), fullest is { } worst ? IdOf(outlook, worst.Site) : null, Bps(moment.Preview.MovedMbps),
            Math.Round(moment.CostPerHour, 4), Of(moment.Preview.Rtt), Receivers(outlook, moment));
    }

    private static DrainReceiverMessage[] Receivers(DrainOutlook outlook, DrainMoment moment) =>
    [
        .. moment.Preview.Receivers.Select(receiver => new DrainReceiverMessage(
            IdOf(outlook, receiver.Site), Math.Round(receiver.UtilisationBefore, 4), Math.Round(receiver.UtilisationAfter, 4),
            Bps(receiver.BeforeMbps), Bps(receiver.AfterMbps), Bps(receiver.CapacityMbps))),
    ];

    private static DrainRttMessage Of(RttChange change) => new(Math.Round(change.P50Ms, 2), Math.Round(change.P95Ms, 2), Math.Round(change.MovedMeanMs, 2));

    private static double? Rounded(DrainReceiver? receiver) => receiver is { } known ? Math.Round(known.UtilisationAfter, 4) : null;

    private static string IdOf(DrainOutlook outlook, int site) => outlook.Fleet.Sites[site]!.Site.Id;

    private static long Bps(double mbps) => (long)Math.Round(mbps * BitsPerMbit);
}
