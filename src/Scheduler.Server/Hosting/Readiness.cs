using System.Globalization;
using Scheduler.Core.Capacity;
using Scheduler.Server.Standby;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Drains;
using Scheduler.State.Peers;
using Scheduler.State.Ports;
using Scheduler.State.Sites;

namespace Scheduler.Server.Hosting;

/// <summary>Whether players may be sent here, and what is not as it should be.</summary>
public sealed class Readiness(
    ControlLoop control, ConfigurationCentre centre, SchedulerClock clock, SiteRules rules, LocalDrainBook local, Stores stores, Leaving leaving, LeaderSeat seat,
    StandbyKeeper? standby = null, PeerBook? book = null)
{
    /// <summary>Without word from a shared store for this long a replica may be serving what others have changed.</summary>
    private static readonly TimeSpan LongestUnconfirmed = TimeSpan.FromSeconds(10);

    /// <summary>True once the replica was asked to end.</summary>
    public bool IsLeaving => leaving.HasBegun;

    /// <summary>Why what is served may not be the newest configuration, in words; null when the store says that it is.</summary>
    public string? Stale()
    {
        if (centre.ConfirmedAt is not { } at) return null;
        TimeSpan age = clock.UtcNow - at;
        bool isSilent = stores.Cluster is not null && age > LongestUnconfirmed;
        return !isSilent && !centre.IsInDoubt ? null : string.Create(CultureInfo.InvariantCulture,
            $"the store has not been reached for {Math.Max(0, age.TotalSeconds):0} s; revision {centre.Current.Revision} as of {at:u} is served from, and changes are refused");
    }

    /// <summary>What is still missing before players may be sent: fleet, geography, one report interval. Empty when they may.</summary>
    public IReadOnlyList<string> Waiting()
    {
        var waiting = new List<string>();
        if (leaving.HasBegun) waiting.Add("its next start: this replica leaves");
        if (book is { IsSuperseded: true }) waiting.Add($"a number of its own: another process runs as replica {book.Id.Number} by now, under the name {book.Self.Draft.Name}");
        if (centre.Current.Fleet.Nodes.IsEmpty) waiting.Add("a fleet: PUT /v1/admin/fleet, or scheduler fleet import FILE");
        if (!control.HasGeography) waiting.Add("geography: geo-data/world.cells");
        if (control.PublishedAtMs is not { } at || clock.NowMs - at < rules.Staleness.IntervalMs) waiting.Add("one report interval since the first snapshot");
        return waiting;
    }

    /// <summary>The degraded modes that hold now, by name and in words.</summary>
    public IReadOnlyList<string> Degraded()
    {
        var degraded = new List<string>(Waiting().Select(waiting => $"starting: waiting for {waiting}"));
        int heard = 0, late = 0;
        foreach (SiteState site in control.Sites)
        {
            foreach (NodeStatus node in site.Nodes)
            {
                if (node.Freshness == Freshness.Unheard) continue;
                heard++;
                if (node.Freshness != Freshness.Fresh) late++;
            }
        }
        if (heard == 0 && !centre.Current.Fleet.Nodes.IsEmpty) degraded.Add("no_reports: no node has reported yet; nodes report to POST /v1/reports");
        if (late > 0) degraded.Add($"stale_reports: {late} of {heard} nodes are late or silent");
        if (heard > 0 && control.Prices is null) degraded.Add("no_plan: none was made yet; live load alone decides");
        if (control.Prices is { } prices && !prices.HoldAt(clock.NowMs))
            degraded.Add($"stale_plan: nobody has confirmed the plan for {prices.AgeMs(clock.NowMs) / 1_000} s; live load alone decides");
        if (Stale() is { } stale) degraded.Add("stale_configuration: " + stale);
        if (local.Drains.All.Count(drain => drain.End is null) is > 0 and var drains)
            degraded.Add($"local_drains: {drains} of the drains stand in no revision yet; this replica and the peers that it reaches obey them");
        if (standby?.Fault is { } fault) degraded.Add($"no_standby: {StandbyFile.FileName} cannot be written, so this replica could not start without its store: {fault}");
        if (book is not null) degraded.AddRange(OfPeers(book.Roll));
        if (control.UnknownPolicyCells is > 0 and var cells)
            degraded.Add($"policy_cells: {cells} times the policy names a cell that the map in force does not have; such a word does nothing");
        if (control.Frozen) degraded.Add("frozen: most sites fell silent at once; their last states are served from");
        if (control.PanickedRegions > 0) degraded.Add($"panic: players report so many failures in {control.PanickedRegions} regions that they are not believed");
        return degraded;
    }

    private IEnumerable<string> OfPeers(PeerRoll roll)
    {
        if (Names(roll, PeerState.Silent) is { Length: > 0 } silent) yield return $"peer_silent: replicas that do not say what they assign, and are taken to do as this one does: {silent}";
        if (Names(roll, PeerState.Gone) is { Length: > 0 } gone) yield return $"peer_gone: replicas that neither this one nor the store has heard, and whose sessions are taken over: {gone}";
        if (seat.Leader is not { } leader) yield return "no_leader: no replica is known to lead; the last plan holds until it is old";
        else if (!seat.Leads && roll.Find(leader) is null or { State: PeerState.Gone or PeerState.Left })
            yield return $"no_leader: replica {leader} led and is not there any more; another takes over when the store gives it the lease";
    }

    private static string Names(PeerRoll roll, PeerState state) =>
        string.Join(", ", roll.Peers.Where(peer => peer.State == state).Select(peer => $"{peer.Id.Number} ({peer.Member.Draft.Name})"));
}
