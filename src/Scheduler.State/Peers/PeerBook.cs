using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.State.Peers;

/// <summary>
/// Who the other replicas are, by the store, and who of them is heard, by the peer channel. While the store is away the last known members hold and the channel
/// alone decides who lives. One thread calls <see cref="Learn"/> and <see cref="Tick"/>; anybody may ask, or say that a peer was heard.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="self">This replica, as it joined.</param>
/// <param name="expected">Replicas that there may be at once, this one included, in [1, 255].</param>
public sealed class PeerBook(SchedulerClock clock, Member self, int expected)
{
    private const long Never = long.MinValue;

    private readonly long[] _heardAtMs = NeverHeard();
    private readonly long[] _heardStart = new long[byte.MaxValue + 1];
    private readonly long[] _leftStart = new long[byte.MaxValue + 1];
    private ImmutableArray<Member> _members = [];
    private long _learntAtMs;
    private long _tickedAtMs = clock.NowMs;
    private long _judgesFromMs;
    private volatile PeerRoll _roll = PeerRoll.OfOne(self.Number);
    private volatile bool _isSuperseded;

    /// <summary>This replica.</summary>
    public Member Self => self;

    /// <summary>What this process is called among its peers.</summary>
    public ReplicaStart Id => new(self.Number, self.Start);

    /// <summary>The peers as of the last tick.</summary>
    public PeerRoll Roll => _roll;

    /// <summary>True once the store has given this replica's number to a newer start or another name: whatever is assigned under it from here would be counted twice.</summary>
    public bool IsSuperseded => _isSuperseded;

    /// <summary>Takes in what the store answered to a heartbeat.</summary>
    /// <param name="members">All members; empty when this replica's number is another's by now.</param>
    public void Learn(ImmutableArray<Member> members)
    {
        if (members.IsEmpty)
        {
            _isSuperseded = true;
            return;
        }
        _members = members.RemoveAll(member => member.Number == self.Number);
        _learntAtMs = clock.NowMs;
    }

    /// <summary>A peer was heard on the channel.</summary>
    public void Heard(ReplicaStart peer)
    {
        if (peer.Start < Volatile.Read(ref _heardStart[peer.Number])) return;
        Volatile.Write(ref _heardStart[peer.Number], peer.Start);
        Volatile.Write(ref _heardAtMs[peer.Number], clock.NowMs);
    }

    /// <summary>A peer said on the channel that it leaves.</summary>
    public void Left(ReplicaStart peer) => Volatile.Write(ref _leftStart[peer.Number], Math.Max(peer.Start, Volatile.Read(ref _leftStart[peer.Number])));

    /// <summary>
    /// Judges all peers anew. A process that was asleep itself has heard nobody: it listens for as long as silence takes to tell before it judges again, or it would take over
    /// the sessions of everybody.
    /// </summary>
    public void Tick()
    {
        long nowMs = clock.NowMs;
        if (nowMs - _tickedAtMs > PeerRules.SilentMs) _judgesFromMs = nowMs + PeerRules.SilentMs;
        _tickedAtMs = nowMs;
        if (nowMs < _judgesFromMs) return;
        var peers = ImmutableArray.CreateBuilder<Peer>(_members.Length);
        int assigning = 1;
        foreach (Member member in _members)
        {
            long? heardMs = HeardMs(member, nowMs);
            // By the store's clock until it answered, by ours since.
            long storeMs = (long)member.SilentFor.TotalMilliseconds + nowMs - _learntAtMs;
            PeerState state = StateOf(member, heardMs, storeMs);
            peers.Add(new Peer(member, state, heardMs));
            if (state != PeerState.Left && Math.Min(heardMs ?? long.MaxValue, storeMs) < PeerRules.SpentMs) assigning++;
        }
        PeerRoll before = _roll;
        PeerRoll after = PeerRoll.Of(self.Number, peers.ToImmutable(), Math.Min(byte.MaxValue, Math.Max(expected, assigning)), before.Epoch);
        _roll = after.Weights.SequenceEqual(before.Weights) ? after : after with { Epoch = before.Epoch + 1 };
    }

    /// <summary>Whether the replica of a token cannot be asked any more, so that its session may be taken over.</summary>
    /// <param name="number">Its number.</param>
    public bool IsGone(byte number) => _roll.Find(number) is not { State: PeerState.Live or PeerState.Silent };

    private PeerState StateOf(Member member, long? heardMs, long storeMs) =>
        member.HasLeft || Volatile.Read(ref _leftStart[member.Number]) >= member.Start ? PeerState.Left
        : heardMs < PeerRules.SilentMs ? PeerState.Live
        : (heardMs ?? long.MaxValue) < PeerRules.GoneMs || storeMs < PeerRules.GoneMs ? PeerState.Silent
        : PeerState.Gone;

    private long? HeardMs(Member member, long nowMs) =>
        Volatile.Read(ref _heardStart[member.Number]) >= member.Start && Volatile.Read(ref _heardAtMs[member.Number]) is not Never and var at ? nowMs - at : null;

    private static long[] NeverHeard()
    {
        long[] times = new long[byte.MaxValue + 1];
        Array.Fill(times, Never);
        return times;
    }
}
