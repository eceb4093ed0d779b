using System.Collections.Immutable;
using System.Text;
using Scheduler.Client.Reports;
using Scheduler.Core.Sessions;

namespace Scheduler.Client.Edges;

/// <summary>
/// Who watches on a node: lets viewers in by their tickets, which it verifies alone, under its site's keys, and counts them by stream and by the scheduler replica that sent them, as the
/// node's reports need it. For any number of threads.
/// </summary>
/// <remarks>
/// A viewer weighs what his ticket says from the moment he is let in: what a replica has admitted and what the node counts for it are then the same numbers, and a burst of one player is
/// not taken for load. What streams really draw is measured from <see cref="EdgeViewer.Count"/> and reported by stream, from which the scheduler learns what the next viewer weighs.
/// </remarks>
public sealed class NodeAudience
{
    /// <summary>Streams in one report.</summary>
    private const int MostStreams = 64;

    /// <summary>
    /// How long after its start a node counts no starts, ms: those who come back to a node that was started anew show tickets of minutes ago, whose period has its number for the second time.
    /// </summary>
    private const long ReturnMs = 60_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly NodeAudienceOptions _options;
    private readonly long _start;
    private readonly int _number;
    private readonly Dictionary<ulong, EdgeViewer> _viewers = [];
    private readonly Dictionary<ulong, uint> _gone = []; // sessions that were counted as started and have left, until their tickets end
    private readonly Dictionary<string, StreamAudience> _streams = new(StringComparer.Ordinal);
    private readonly ReplicaTally?[] _replicas = new ReplicaTally?[byte.MaxValue + 1];
    private volatile SiteKeys _keys;
    private volatile bool _isDrained;
    private long _lookedAtMs;

    /// <summary>Nobody watches yet.</summary>
    /// <param name="keys">Keys of the node's site.</param>
    /// <param name="node">Id of the node.</param>
    /// <param name="time">Clock; its calendar judges tickets, so keep it right to a few seconds.</param>
    /// <param name="options">Behaviour; null for the defaults.</param>
    /// <exception cref="ArgumentException">The site of the keys has no such node.</exception>
    public NodeAudience(SiteKeys keys, string node, TimeProvider time, NodeAudienceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(time);
        _number = keys.NumberOf(node) ?? throw new ArgumentException($"Site {keys.Site} has no node {node}.", nameof(node));
        (_keys, Node, _time, _options) = (keys, node, time, options ?? new NodeAudienceOptions());
        _start = time.GetTimestamp();
    }

    /// <summary>Id of the node.</summary>
    public string Node { get; }

    /// <summary>Id of its site.</summary>
    public string Site => _keys.Site;

    /// <summary>True while the scheduler says that the site is drained: spare tickets open nothing then.</summary>
    public bool IsDrained
    {
        get => _isDrained;
        set => _isDrained = value;
    }

    /// <summary>Time since it was made, ms.</summary>
    internal long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Takes new keys: the scheduler lists a new one ten minutes before it signs with it.</summary>
    /// <param name="keys">All keys of the site.</param>
    public void Renew(SiteKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>Judges a ticket, and lets its viewer in. Every request of a viewer may be judged: he is the same viewer, and stays also after his ticket has ended.</summary>
    /// <param name="ticket">What he shows.</param>
    /// <param name="stream">Name of the stream that he asks for.</param>
    /// <param name="viewer">He, when he is served; else null.</param>
    public AdmissionVerdict Admit(string ticket, string stream, out EdgeViewer? viewer)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(stream);
        viewer = null;
        if (ticket.Length != Ticket.Length || stream.Length > StreamName.MaxLength) return AdmissionVerdict.Malformed;
        Span<byte> utf8 = stackalloc byte[Ticket.Length * 3], name = stackalloc byte[StreamName.MaxLength * 3];
        utf8 = utf8[..Encoding.UTF8.GetBytes(ticket, utf8)];
        name = name[..Encoding.UTF8.GetBytes(stream, name)];
        uint nowS = (uint)_time.GetUtcNow().ToUnixTimeSeconds();
        TokenVerdict read = Ticket.Read(utf8, _keys.Keys, nowS, out TicketClaims claims);
        AdmissionVerdict verdict = Judge(read, in claims, StreamName.Hash(name));
        if (verdict is not (AdmissionVerdict.Admitted or AdmissionVerdict.Expired)) return verdict;
        lock (_gate) return Enter(in claims, stream, verdict == AdmissionVerdict.Expired, out viewer);
    }

    /// <summary>What its report says. Lets time pass: who was not heard of for a while has gone.</summary>
    internal AudienceMeasurement Measure()
    {
        lock (_gate)
        {
            long nowMs = NowMs;
            SweepUnheard(nowMs);
            double seconds = Math.Max(1, nowMs - _lookedAtMs) / 1_000.0;
            _lookedAtMs = nowMs;
            foreach (EdgeViewer viewer in _viewers.Values) viewer.Stream.Bytes += viewer.TakeBytes();
            double drawn = 0;
            foreach (StreamAudience stream in _streams.Values)
            {
                stream.Look(seconds);
                drawn += stream.Kbps;
            }
            return new AudienceMeasurement(_viewers.Count, (long)(drawn * 1_000), Replicas(nowMs), Changed());
        }
    }

    internal void Remove(EdgeViewer viewer)
    {
        lock (_gate)
        {
            if (!_viewers.Remove(viewer.Session)) return;
            _gone[viewer.Session] = viewer.TicketEndsAtUnixS;
            viewer.Stream.Viewers--;
            viewer.Stream.WeightKbps -= viewer.Kbps;
            viewer.Stream.Bytes += viewer.TakeBytes();
            _replicas[viewer.Replica]!.Add(-1, -viewer.Kbps);
        }
    }

    private AdmissionVerdict Judge(TokenVerdict read, in TicketClaims claims, ulong stream) => read switch
    {
        TokenVerdict.Malformed => AdmissionVerdict.Malformed,
        TokenVerdict.UnknownKey => AdmissionVerdict.UnknownKey,
        TokenVerdict.Forged => AdmissionVerdict.Forged,
        _ when claims.Node != _number => AdmissionVerdict.OtherNode,
        _ when claims.Stream != stream => AdmissionVerdict.OtherStream,
        TokenVerdict.Expired => AdmissionVerdict.Expired,
        _ => AdmissionVerdict.Admitted,
    };

    private AdmissionVerdict Enter(in TicketClaims claims, string stream, bool isExpired, out EdgeViewer? viewer)
    {
        if (_viewers.TryGetValue(claims.Session, out viewer))
        {
            viewer.Hear(NowMs);
            viewer.TicketEndsAtUnixS = Math.Max(viewer.TicketEndsAtUnixS, claims.ExpiresAtUnixS);
            return AdmissionVerdict.Admitted;
        }
        if (isExpired) return AdmissionVerdict.Expired;
        if (_isDrained && claims.AdmittedIn is null && !_gone.ContainsKey(claims.Session)) return AdmissionVerdict.Drained;
        if (!_streams.TryGetValue(stream, out StreamAudience? audience)) _streams[stream] = audience = new StreamAudience(stream);
        viewer = new EdgeViewer(this, claims.Session, claims.Replica, claims.BitRateKbps, audience, claims.ExpiresAtUnixS, NowMs);
        _viewers[claims.Session] = viewer;
        audience.Viewers++;
        audience.WeightKbps += claims.BitRateKbps;
        ReplicaTally tally = _replicas[claims.Replica] ??= new ReplicaTally();
        tally.Add(1, claims.BitRateKbps);
        // Once a session: who comes back with the ticket he had takes no new place. Too little counted is safe, too much is not.
        if (claims.AdmittedIn is { } period && NowMs >= ReturnMs && !_gone.ContainsKey(claims.Session)) tally.Starts.Add(period, claims.BitRateKbps, NowMs);
        return AdmissionVerdict.Admitted;
    }

    private void SweepUnheard(long nowMs)
    {
        long oldest = nowMs - (long)_options.IdleAfter.TotalMilliseconds;
        foreach (EdgeViewer viewer in _viewers.Values.Where(viewer => viewer.HeardAtMs < oldest).ToArray()) Remove(viewer);
        uint nowS = (uint)_time.GetUtcNow().ToUnixTimeSeconds();
        foreach ((ulong session, uint endsAt) in _gone)
            if (endsAt <= nowS) _gone.Remove(session);
    }

    private ImmutableArray<ReplicaMeasurement> Replicas(long nowMs)
    {
        var measured = ImmutableArray.CreateBuilder<ReplicaMeasurement>();
        for (int replica = 1; replica < _replicas.Length; replica++)
        {
            if (_replicas[replica] is not { } tally) continue;
            measured.Add(new ReplicaMeasurement(replica, tally.Viewers, tally.Kbps * 1_000) { Started = tally.Starts.StartedAt(nowMs) });
        }
        return measured.DrainToImmutable();
    }

    private ImmutableArray<StreamMeasurement> Changed()
    {
        var changed = ImmutableArray.CreateBuilder<StreamMeasurement>();
        foreach (StreamAudience stream in _streams.Values.Where(stream => stream.Change > 0).OrderByDescending(stream => stream.Change).Take(MostStreams).ToArray())
        {
            changed.Add(new StreamMeasurement(stream.Name, stream.Viewers, (long)(stream.Kbps * 1_000)));
            stream.Told();
            if (stream.Viewers == 0) _streams.Remove(stream.Name);
        }
        return changed.DrainToImmutable();
    }
}
