using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.State.Sites;
using Scheduler.Tests.Core.Dispatch;
using SiteRules = Scheduler.State.Sites.SiteRules;

namespace Scheduler.Tests.State.Sites;

/// <summary>
/// One node and the replicas that share it, with letters between them that come late, twice, out of order, to some only or never. The replicas and
/// the ledger are the real ones; what was admitted and still draws or is on its way is counted here, and by nobody else.
/// </summary>
internal sealed class EscrowModel
{
    /// <summary>Numbers there are: some are in use from the start, others join later.</summary>
    public const int Numbers = 6;

    /// <summary>Longest time from assignment to first byte, and of a letter on its way.</summary>
    private const int LongestMs = 5_000;

    private static readonly IndexedNode Node = FleetIndexBuilder.Build(World.FleetOf(1, 1), [1], [1], null, 0).Nodes[0]!;

    private readonly Random _random;
    private readonly LiveLoad[] _loads;
    private readonly Member[] _members = new Member[Numbers + 1];
    private readonly List<Session> _sessions = [];
    private readonly List<Letter> _post = [];
    private readonly List<(long UntilMs, long Kbps)> _capacities = [];
    private readonly Func<long?> _clock;
    private readonly StartLedger[] _starts = [.. Enumerable.Range(0, Numbers + 1).Select(_ => new StartLedger())];
    private GrantLedger _ledger = new(null);
    private long _capacity = World.NodeKbps;
    private long _incarnation = 1;
    private long _sequence;

    private sealed record Session(int Replica, long Kbps, long BeginsMs, long EndsMs, byte AdmittedIn)
    {
        /// <summary>True once the node has begun to serve it.</summary>
        public bool Started { get; set; }
    }

    /// <summary>A report, or, where it has started, what a peer tells of starts after a report that it told before.</summary>
    private sealed record Letter(int Replica, NodeReport Report, long ArrivesMs, StartedLoad? Started = null);

    /// <summary>One replica; without a site it is down.</summary>
    private struct Member
    {
        public SiteState? Site;
        public NodeStatus Status;
        public bool Told;
        public long BornMs; // its clock begins with it
        public long DeafUntilMs;
    }

    public EscrowModel(Random random, LiveLoad[] loads, int replicas, Func<long?> clock, bool grants = true)
    {
        (_random, _loads, _clock, Grants) = (random, loads, clock, grants);
        for (int replica = 1; replica <= replicas; replica++) Start(replica);
    }

    public long NowMs { get; private set; } = 100_000;

    public int IntervalMs { get; init; } = 1_000;

    public bool Grants { get; }

    /// <summary>Whether the node tells what of the newest admissions has started.</summary>
    public bool CountsStarts { get; init; } = true;

    public long Admitted { get; private set; }

    public int Wishes { get; set; } = 20;

    /// <summary>What is drawn now, kbit/s.</summary>
    public long DrawnKbps => _sessions.Where(s => s.BeginsMs <= NowMs).Sum(s => s.Kbps);

    /// <summary>What was admitted and has not ended, kbit/s.</summary>
    public long PromisedKbps => _sessions.Sum(s => s.Kbps);

    /// <summary>A replica's process starts: it knows nothing of an earlier life. The node is told that there is such a number.</summary>
    public void Start(int replica)
    {
        LiveLoad load = _loads[replica];
        ref NodeLedger ledger = ref load.Node(Node.Index);
        ledger = new NodeLedger { Ceiling = NodeLedger.NoRoom, InverseCapacity = 1 };
        var status = new NodeStatus(Node, 0, 0);
        var site = new SiteState(0, load, SiteRules.Default with { Replica = replica, Replicas = Numbers, Staleness = Staleness.Default with { IntervalMs = IntervalMs } });
        site.Become([status]);
        _members[replica] = new Member { Site = site, Status = status, Told = true, BornMs = NowMs };
        _post.RemoveAll(letter => letter.Replica == replica);
    }

    public bool IsUp(int replica) => _members[replica].Site is not null;

    /// <summary>A replica is gone; the node may be told so, or may not.</summary>
    public void Stop(int replica, bool told)
    {
        _members[replica].Site = null;
        _members[replica].Told = !told;
    }

    /// <summary>No report reaches a replica.</summary>
    public void Deafen(int replica, long forMs) => _members[replica].DeafUntilMs = NowMs + forMs;

    public void SetCapacity(long kbps)
    {
        // Whoever has not heard of a cut goes by the old capacity until its lease is over.
        _capacities.Add((NowMs + GrantLedger.HeldMs + Escrow.UnseenMs + 1_000, _capacity));
        _capacity = kbps;
    }

    /// <summary>The node's process dies and begins anew: who was connected is gone, who is on the way still comes.</summary>
    public void RestartNode()
    {
        _incarnation++;
        _sequence = 0;
        _sessions.RemoveAll(s => s.BeginsMs <= NowMs);
        _ledger = new GrantLedger(NowMs);
        for (int replica = 0; replica <= Numbers; replica++) _starts[replica] = new StartLedger();
    }

    public void Pass(long ms)
    {
        NowMs += ms;
        // Also those that come and go between two looks have come.
        foreach (Session session in _sessions.Where(s => s.BeginsMs <= NowMs && s.BeginsMs < s.EndsMs && !s.Started).OrderBy(s => s.BeginsMs))
        {
            session.Started = true;
            _starts[session.Replica].Add(session.AdmittedIn, session.Kbps, NowMs);
        }
        _sessions.RemoveAll(s => s.EndsMs <= NowMs);
        foreach (Letter letter in _post.Where(l => l.ArrivesMs <= NowMs).OrderBy(_ => _random.Next()).ToArray())
        {
            _post.Remove(letter);
            ref Member member = ref _members[letter.Replica];
            if (NowMs < member.DeafUntilMs || member.Site is not { } site) continue;
            if (letter.Started is { } started) site.Apply(new PeerStart(site, member.Status, letter.Report.Incarnation, letter.Report.Sequence, started), NowMs - member.BornMs);
            else site.Apply(member.Status, letter.Report, NowMs - member.BornMs, NowMs);
        }
        foreach (Member member in _members) member.Site?.Tick(NowMs - member.BornMs);
    }

    /// <summary>The node measures itself and writes to everybody.</summary>
    /// <param name="lossy">Whether letters are lost, doubled and slow.</param>
    public void Report(bool lossy)
    {
        ReplicaLoad[] loads = [.. Enumerable.Range(1, Numbers)
            .Select(r => new ReplicaLoad(r, 0, _sessions.Where(s => s.Replica == r && s.BeginsMs <= NowMs).Sum(s => s.Kbps)) { Started = CountsStarts ? _starts[r].StartedAt(NowMs) : null })
            .Where(load => load.EgressKbps > 0 || _members[load.Replica].Told)];
        long egress = loads.Sum(load => load.EgressKbps);
        ImmutableArray<ReplicaLoad> told = Grants ? _ledger.Grant(NowMs, _capacity, egress, loads, IntervalMs) : [.. loads];
        var report = new NodeReport(_incarnation, ++_sequence, NowMs + _clock(), _capacity, egress, 0, NodeState.Serving, null, [], [], told);
        for (int replica = 1; replica <= Numbers; replica++)
        {
            // Every other replica hears of the node through a peer, which tells of starts apart.
            bool isRelayed = replica % 2 == 0;
            NodeReport heard = isRelayed ? report with { ByReplica = [.. report.ByReplica.Select(load => load with { Started = null })] } : report;
            long way = lossy ? _random.Next(1 + _random.Next(LongestMs)) : 400;
            if (!lossy || _random.Next(6) > 0) Send(replica, heard, way);
            if (lossy && _random.Next(6) == 0) Send(replica, heard, _random.Next(LongestMs));
            if (isRelayed && Escrow.Started(report, replica) is { } started && (!lossy || _random.Next(6) > 0))
                _post.Add(new Letter(replica, report, NowMs + Math.Max(way + 1, lossy ? _random.Next(LongestMs) : 0), started)); // after its report
        }
    }

    /// <summary>Viewers ask a replica, as many as it wishes.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public string? Ask(int replica, long kbps, long lagMs, long lengthMs)
    {
        ref Member member = ref _members[replica];
        if (member.Site is null || !_loads[replica].TryTake(Node.Index, 0, kbps)) return null;
        Admitted += kbps;
        _sessions.Add(new Session(replica, kbps, NowMs + lagMs, NowMs + lengthMs, AdmissionPeriod.Of(NowMs - member.BornMs)));
        _capacities.RemoveAll(c => c.UntilMs <= NowMs);
        long most = _capacities.Count > 0 ? Math.Max(_capacity, _capacities.Max(c => c.Kbps)) : _capacity;
        if (PromisedKbps > most) return $"at {NowMs} ms replica {replica} brought what is promised to {PromisedKbps} of {most} kbit/s";
        NodeReport heard = member.Status.Report;
        return heard.EgressKbps + kbps > heard.CapacityKbps ? $"at {NowMs} ms replica {replica} added to a node that it knew to be full" : null;
    }

    private void Send(int replica, in NodeReport report, long afterMs) => _post.Add(new Letter(replica, report, NowMs + afterMs));
}
