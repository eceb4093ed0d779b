using System.Net;
using System.Net.Sockets;

namespace Scheduler.Cli.Load;

/// <summary>
/// Plays a crowd against one scheduler or several: one thread, a fixed pool of kept-alive connections, a timing wheel. No task, lock or allocation a request,
/// because it shares its machine with the server that it measures. Of several, a viewer asks the next one once when the one that he asks breaks off or says 503, with the same
/// token, and stays with who answered.
/// </summary>
internal sealed class LoadEngine
{
    private const int SlotsOf1Ms = 65_536; // one turn of the wheel, 66 s, is longer than a usual beat
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAnswerOfSeveral = TimeSpan.FromSeconds(3);
    private const int Unavailable = 503;

    private readonly LoadOptions _options;
    private readonly TimeProvider _time;
    private readonly Audience _audience;
    private readonly TimingWheel _wheel;
    private readonly WorkQueue _due;
    private readonly long[] _dueAtMs; // by viewer: when he joined the queue
    private readonly ViewerCrowd _crowd;
    private readonly LoadTarget[] _targets;
    private readonly LoadOperation[] _operations; // by viewer: what he asked last
    private readonly byte[] _place; // by viewer: which of his order he asks
    private readonly bool[] _isRetry; // by viewer: his request was sent to another before
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly long _start;
    private LoadSample _sample;
    private long _sampledAt;
    private long _sampledRequests;

    /// <summary>Prepares a play; opens no connection.</summary>
    public LoadEngine(LoadOptions options, IReadOnlyList<(Uri Url, EndPoint Endpoint)> targets, IViewerAddresses addresses, Audience audience, TimeProvider time)
    {
        (_options, _time, _audience) = (options, time, audience);
        _wheel = new TimingWheel(options.Viewers, SlotsOf1Ms);
        _due = new WorkQueue(options.Viewers);
        _dueAtMs = new long[options.Viewers];
        _crowd = new ViewerCrowd(options, addresses, audience, Tally, _wheel);
        int each = Math.Max(1, options.Connections / targets.Count);
        _targets = [.. targets.Select(target => new LoadTarget(target.Url, target.Endpoint, options.BackendKey, each, options.Viewers))];
        _operations = new LoadOperation[options.Viewers];
        _place = new byte[options.Viewers];
        _isRetry = new bool[options.Viewers];
        _start = _sampledAt = time.GetTimestamp();
        _sample = TakeSample();
    }

    /// <summary>Everything that was counted. To be read by others once <see cref="Run"/> has returned.</summary>
    public LoadTally Tally { get; } = new();

    /// <summary>The newest sample; may be read from any thread.</summary>
    public LoadSample Sample => Volatile.Read(ref _sample);

    /// <summary>How long the crowd played, farewells not counted; null while it plays.</summary>
    public TimeSpan? Elapsed { get; private set; }

    /// <summary>Answers while the crowd played, those to farewells not counted.</summary>
    public long RequestsInPlay { get; private set; }

    /// <summary>What each scheduler gave.</summary>
    public LoadTargetSummary[] Targets() => [.. _targets.Select(target => new LoadTargetSummary(target.Url.AbsoluteUri, target.Answers, target.Unavailable, target.Unanswered))];

    private TimeSpan Patience => _targets.Length > 1 ? LongestAnswerOfSeveral : LongestAnswer;

    private long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Plays until the time is up or the play is stopped, then lets every viewer say goodbye. Occupies its thread.</summary>
    /// <param name="stop">Ends the play early; a second use is the process's own end.</param>
    public void Run(CancellationToken stop)
    {
        long endMs = (long)_options.Duration.TotalMilliseconds;
        long farewellEndMs = endMs + (long)LongestFarewell.TotalMilliseconds;
        while (true)
        {
            long now = NowMs;
            if (!_crowd.IsOver && (now >= endMs || stop.IsCancellationRequested))
            {
                _crowd.IsOver = true;
                farewellEndMs = now + (long)LongestFarewell.TotalMilliseconds;
                Elapsed = _time.GetElapsedTime(_start);
                RequestsInPlay = Tally.Answers;
            }
            if (_crowd.IsOver && now >= farewellEndMs) break;
            Wake(now);
            while (_due.TryDequeue(out int viewer)) Ask(viewer);
            foreach (LoadTarget target in _targets) Serve(target);
            if (_crowd.IsOver && _wheel.Count == 0 && _targets.All(static target => target.Due.Count == 0 && !target.IsBusy)) break;
            Poll();
            if (_time.GetElapsedTime(_sampledAt) >= SampleEvery) Publish();
        }
        Publish();
        foreach (LoadTarget target in _targets) target.Dispose();
    }

    private void Wake(long now)
    {
        int before = _due.Count;
        if (_crowd.IsOver) _wheel.FireAll(_due);
        else _wheel.Advance(now, _due);
        _due.Stamp(before, _dueAtMs, now);
    }

    private void Ask(int viewer) => _targets[TargetOrder.At(viewer, _place[viewer], _targets.Length)].Due.Enqueue(viewer);

    private void Serve(LoadTarget target)
    {
        target.Connect();
        if (target.IsDown && _targets.Length > 1)
        {
            // Nobody waits for one that is not there; who was sent on once already is told so.
            for (int waiting = target.Due.Count; waiting > 0 && target.Due.TryDequeue(out int viewer); waiting--) Unanswered(target, viewer, _operations[viewer]);
        }
        while (target.Due.Count > 0 && target.TryIdle(out LoadConnection? connection)) SendNext(target, connection!);
    }

    private void SendNext(LoadTarget target, LoadConnection connection)
    {
        while (target.Due.TryDequeue(out int viewer))
        {
            long now = NowMs;
            if (!_crowd.TryWriteNext(viewer, now, target.Requests, connection.Request, out LoadOperation operation, out int length)) continue;
            _operations[viewer] = operation;
            (connection.Viewer, connection.Operation, connection.SentAt) = (viewer, operation, _time.GetTimestamp());
            if (!_crowd.IsOver) Tally.Sent((now - _dueAtMs[viewer]) * 1_000);
            if (!connection.Send(length)) Lose(target, connection);
            return;
        }
        target.Rest(connection);
    }

    private void Poll()
    {
        _readable.Clear();
        _writable.Clear();
        foreach (LoadTarget target in _targets)
        {
            foreach (LoadConnection connection in target.Connections)
            {
                if (!connection.IsBusy) continue;
                if (connection.WantsToWrite) _writable.Add(connection.Socket!);
                else _readable.Add(connection.Socket!);
            }
        }
        if (_readable.Count == 0 && _writable.Count == 0)
        {
            Thread.Sleep(1); // nothing under way: the next viewer is due in a tick at the earliest
            return;
        }
        Socket.Select(_readable, _writable, null, microSeconds: 1_000);
        foreach (Socket socket in _writable)
            if (Find(socket, out LoadTarget? target) is { } connection && !connection.Flush()) Lose(target!, connection);
        foreach (Socket socket in _readable)
            if (Find(socket, out LoadTarget? target) is { } connection) Receive(target!, connection, socket);
    }

    private LoadConnection? Find(Socket socket, out LoadTarget? of)
    {
        foreach (LoadTarget target in _targets)
        {
            of = target;
            if (target.Find(socket) is { } connection) return connection;
        }
        of = null;
        return null;
    }

    private void Receive(LoadTarget target, LoadConnection connection, Socket socket)
    {
        switch (connection.Receive(out HttpResponse response))
        {
            case HttpVerdict.Incomplete:
                return;
            case HttpVerdict.Malformed:
                Lose(target, connection);
                return;
        }
        ReadOnlySpan<byte> body = connection.Body(in response);
        long? latencyUs = _crowd.IsOver ? null : (long)_time.GetElapsedTime(connection.SentAt).TotalMicroseconds;
        Tally.Answered(connection.Operation, response.Status, body, latencyUs);
        target.Answers++;
        if (response.Status == Unavailable) target.Unavailable++;
        if (response.Status != Unavailable || !TryAnother(connection.Viewer))
        {
            if (response.Status == Unavailable && _isRetry[connection.Viewer]) Tally.FailedAfterRetry++;
            _isRetry[connection.Viewer] = false;
            _crowd.Answered(connection.Viewer, connection.Operation, in response, body, NowMs);
        }
        if (connection.Socket is null) target.Forget(socket);
        else if (target.Due.Count > 0) SendNext(target, connection); // at once, not after the other answers of this poll
        else target.Rest(connection);
    }

    private void Lose(LoadTarget target, LoadConnection connection)
    {
        target.Forget(connection.Socket!);
        if (connection.Drop())
        {
            _dueAtMs[connection.Viewer] = NowMs;
            target.Due.Enqueue(connection.Viewer); // asked on a connection that was already closed: asked again, and no fault of the scheduler's
            Tally.Resent++;
        }
        else
        {
            Unanswered(target, connection.Viewer, connection.Operation);
        }
    }

    private void Unanswered(LoadTarget target, int viewer, LoadOperation operation)
    {
        target.Unanswered++;
        if (TryAnother(viewer)) return;
        if (_isRetry[viewer]) Tally.FailedAfterRetry++;
        _isRetry[viewer] = false;
        _crowd.Broken(viewer, operation, NowMs);
    }

    /// <summary>Sends a viewer's request on to the next scheduler of his order.</summary>
    /// <returns>False when it was sent on before, or there is no other.</returns>
    private bool TryAnother(int viewer)
    {
        if (_targets.Length == 1) return false;
        _place[viewer] = (byte)((_place[viewer] + 1) % _targets.Length);
        if (_isRetry[viewer]) return false;
        _isRetry[viewer] = true;
        Tally.Retries++;
        _dueAtMs[viewer] = NowMs;
        Ask(viewer);
        return true;
    }

    private void Publish()
    {
        foreach (LoadTarget target in _targets)
        {
            foreach (LoadConnection connection in target.Connections)
            {
                // An answer that never comes must not hold its viewer for ever; nor is the request one of a connection that was closed before.
                if (!connection.IsBusy || _time.GetElapsedTime(connection.SentAt) <= Patience) continue;
                target.Forget(connection.Socket!);
                connection.Drop();
                Unanswered(target, connection.Viewer, connection.Operation);
            }
        }
        Volatile.Write(ref _sample, TakeSample());
        _sampledAt = _time.GetTimestamp();
        _sampledRequests = Tally.Answers;
        Tally.RecentLatency.Clear();
        Tally.RecentLag.Clear();
    }

    private LoadSample TakeSample()
    {
        double seconds = _time.GetElapsedTime(_sampledAt).TotalSeconds;
        LatencyHistogram recent = Tally.RecentLatency;
        return new LoadSample(
            Elapsed ?? _time.GetElapsedTime(_start), _crowd.IsOver, Tally.Playing, Tally.Answers,
            seconds > 0 ? (Tally.Answers - _sampledRequests) / seconds : 0,
            recent.Percentile(0.5) / 1e3, recent.Percentile(0.99) / 1e3, recent.Max / 1e3, Tally.RecentLag.Percentile(0.99) / 1e3, _targets.Sum(static target => target.Due.Count),
            Tally.Of(LoadOperation.Open), Tally.Of(LoadOperation.Beat), Tally.Of(LoadOperation.Close),
            Tally.Moves, Tally.Failovers, Tally.Reopened, Tally.Broken, Tally.Unreadable,
            Tally.ByStatus(), Tally.ByDecision(), _audience.BySite(), Tally.FirstRefusal);
    }
}
