using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Demo;

/// <summary>
/// Publishes, in demo mode, every stream that somebody watches and nobody sends: each from a place of its own in the world, through the same desk as real publishers.
/// They beat, and follow when they are asked to move, the new entry before the old one ends.
/// </summary>
internal sealed class DemoPublishers(SessionDesk desk, DemoAudience audience, SchedulerClock clock)
{
    private const int Most = 2_000;
    private const long BeatMs = 5_000;
    private const long OverlapMs = 3_000;
    private const long UnwatchedMs = 60_000;
    private readonly Dictionary<ulong, Publisher> _publishers = [];
    private readonly List<(ulong Stream, int Node, int Kbps, long SinceUnixMs, long UntilMs)> _leaving = [];

    private sealed record Publisher(SessionClaims Claims, long SinceUnixMs, long BeatAtMs, long WatchedAtMs);

    /// <summary>Entries that are still sent to although their publisher has moved on: stream, number of the node, kbit/s, since when.</summary>
    public IEnumerable<(ulong Stream, int Node, int Kbps, long SinceUnixMs)> Leaving => _leaving.Select(entry => (entry.Stream, entry.Node, entry.Kbps, entry.SinceUnixMs));

    /// <summary>Lets time pass.</summary>
    /// <param name="snapshot">The snapshot in force.</param>
    /// <param name="watched">Streams that somebody watches.</param>
    /// <param name="sent">Streams that somebody sends, these publishers among them.</param>
    public void Step(RoutingSnapshot snapshot, IReadOnlySet<ulong> watched, IReadOnlySet<ulong> sent)
    {
        long nowMs = clock.NowMs;
        _leaving.RemoveAll(entry => entry.UntilMs <= nowMs);
        foreach (ulong stream in watched)
        {
            if (_publishers.TryGetValue(stream, out Publisher? known)) _publishers[stream] = known with { WatchedAtMs = nowMs };
            else if (!sent.Contains(stream) && _publishers.Count < Most) Open(snapshot, stream, nowMs);
        }
        foreach ((ulong stream, Publisher publisher) in _publishers.ToArray())
        {
            if (nowMs - publisher.WatchedAtMs >= UnwatchedMs) End(stream, publisher);
            else if (nowMs >= publisher.BeatAtMs) Beat(snapshot, stream, publisher, nowMs);
        }
    }

    private void Open(RoutingSnapshot snapshot, ulong stream, long nowMs)
    {
        int cell = (int)(stream % (ulong)snapshot.Candidates.Cells.Length);
        var order = new SessionOrder { Cell = cell, Row = cell, Stream = stream, Viewer = stream, Kind = SessionKind.Publish, Want = 3 };
        if (!desk.TryOpen(snapshot, in order, null, out _, out SessionClaims claims)) return;
        audience.Saw(in claims);
        _publishers[stream] = new Publisher(claims, clock.UnixMs, nowMs + BeatMs, nowMs);
    }

    private void Beat(RoutingSnapshot snapshot, ulong stream, Publisher publisher, long nowMs)
    {
        SessionClaims claims = publisher.Claims;
        BeatAction action = desk.Beat(snapshot, ref claims, out Decision _);
        if (action is not (BeatAction.Stay or BeatAction.Move))
        {
            End(stream, publisher);
            return;
        }
        bool moved = claims.Node != publisher.Claims.Node;
        if (moved) _leaving.Add((stream, publisher.Claims.Node, claims.BitRateKbps, publisher.SinceUnixMs, nowMs + OverlapMs));
        audience.Saw(in claims);
        _publishers[stream] = publisher with { Claims = claims, SinceUnixMs = moved ? clock.UnixMs : publisher.SinceUnixMs, BeatAtMs = nowMs + (moved ? 1_000 : BeatMs) };
    }

    private void End(ulong stream, Publisher publisher)
    {
        SessionClaims claims = publisher.Claims;
        desk.Close(in claims);
        audience.Left(in claims);
        _publishers.Remove(stream);
    }
}
