using System.Net;
using System.Net.Sockets;

namespace Scheduler.Cli.Load;

/// <summary>
/// Plays a crowd against a scheduler: one thread, a fixed pool of kept-alive connections, a timing wheel. No task, lock or allocation a request,
/// because it shares its machine with the server that it measures.
/// </summary>
internal sealed class LoadEngine
{
    private const int SlotsOf1Ms = 65_536; // one turn of the wheel, 66 s, is longer than a usual beat
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    private readonly LoadOptions _options;
    private readonly TimeProvider _time;
    private readonly Audience _audience;
    private readonly TimingWheel _wheel;
    private readonly WorkQueue _due;
    private readonly long[] _dueAtMs; // by viewer: when he joined the queue
    private readonly ViewerCrowd _crowd;
    private readonly LoadConnection[] _connections;
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly Stack<LoadConnection> _idle = new();
    private readonly Dictionary<Socket, LoadConnection> _bySocket = [];
    private readonly long _start;
    private LoadSample _sample;
    private long _sampledAt;
    private long _sampledRequests;
    private int _unconnected;

    /// <summary>Prepares a play; opens no connection.</summary>
    public LoadEngine(LoadOptions options, EndPoint endpoint, IViewerAddresses addresses, Audience audience, TimeProvider time)
    {
        (_options, _time, _audience) = (options, time, audience);
        _wheel = new TimingWheel(options.Viewers, SlotsOf1Ms);
        _due = new WorkQueue(options.Viewers);
        _dueAtMs = new long[options.Viewers];
        _crowd = new ViewerCrowd(options, addresses, audience, Tally, _wheel);
        _connections = new LoadConnection[options.Connections];
        for (int i = 0; i < _connections.Length; i++) _connections[i] = new LoadConnection(endpoint);
        _unconnected = _connections.Length;
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
            if (_unconnected > 0) Connect();
            Dispatch();
            if (_crowd.IsOver && _due.Count == 0 && _wheel.Count == 0 && _bySocket.Values.All(static c => !c.IsBusy)) break;
            Poll();
            if (_time.GetElapsedTime(_sampledAt) >= SampleEvery) Publish();
        }
        Publish();
        foreach (LoadConnection connection in _connections) connection.Dispose();
    }

    private void Wake(long now)
    {
        int before = _due.Count;
        if (_crowd.IsOver) _wheel.FireAll(_due);
        else _wheel.Advance(now, _due);
        _due.Stamp(before, _dueAtMs, now);
    }

    private void Connect()
    {
        foreach (LoadConnection connection in _connections)
        {
            if (connection.Socket is not null || !connection.Connect()) continue;
            _bySocket[connection.Socket!] = connection;
            _idle.Push(connection);
            _unconnected--;
        }
    }

    private void Dispatch()
    {
        while (_due.Count > 0 && _idle.TryPop(out LoadConnection? connection)) DispatchNext(connection);
    }

    private void DispatchNext(LoadConnection connection)
    {
        while (_due.TryDequeue(out int viewer))
        {
            long now = NowMs;
            if (!_crowd.TryWriteNext(viewer, now, connection.Request, out LoadOperation operation, out int length)) continue;
            (connection.Viewer, connection.Operation, connection.SentAt) = (viewer, operation, _time.GetTimestamp());
            if (!_crowd.IsOver) Tally.Sent((now - _dueAtMs[viewer]) * 1_000);
            if (!connection.Send(length)) Lose(connection);
            return;
        }
        _idle.Push(connection);
    }

    private void Poll()
    {
        _readable.Clear();
        _writable.Clear();
        foreach (LoadConnection connection in _connections)
        {
            if (!connection.IsBusy) continue;
            if (connection.WantsToWrite) _writable.Add(connection.Socket!);
            else _readable.Add(connection.Socket!);
        }
        if (_readable.Count == 0 && _writable.Count == 0)
        {
            Thread.Sleep(1); // nothing under way: the next viewer is due in a tick at the earliest
            return;
        }
        Socket.Select(_readable, _writable, null, microSeconds: 1_000);
        foreach (Socket socket in _writable)
            if (_bySocket.TryGetValue(socket, out LoadConnection? connection) && !connection.Flush()) Lose(connection);
        foreach (Socket socket in _readable)
            if (_bySocket.TryGetValue(socket, out LoadConnection? connection)) Receive(connection, socket);
    }

    private void Receive(LoadConnection connection, Socket socket)
    {
        switch (connection.Receive(out HttpResponse response))
        {
            case HttpVerdict.Incomplete:
                return;
            case HttpVerdict.Malformed:
                Lose(connection);
                return;
        }
        ReadOnlySpan<byte> body = connection.Body(in response);
        long? latencyUs = _crowd.IsOver ? null : (long)_time.GetElapsedTime(connection.SentAt).TotalMicroseconds;
        Tally.Answered(connection.Operation, response.Status, body, latencyUs);
        _crowd.Answered(connection.Viewer, connection.Operation, in response, body, NowMs);
        if (connection.Socket is null)
        {
            _bySocket.Remove(socket);
            _unconnected++;
        }
        else if (_due.Count > 0)
        {
            DispatchNext(connection); // at once, not after the other answers of this poll
        }
        else
        {
            _idle.Push(connection);
        }
    }

    private void Lose(LoadConnection connection)
    {
        _bySocket.Remove(connection.Socket!);
        _unconnected++;
        if (connection.Drop())
        {
            _dueAtMs[connection.Viewer] = NowMs;
            _due.Enqueue(connection.Viewer); // asked on a connection that was already closed: asked again, and no fault of the scheduler's
            Tally.Resent++;
        }
        else
        {
            _crowd.Broken(connection.Viewer, connection.Operation, NowMs);
        }
    }

    private void Publish()
    {
        foreach (LoadConnection connection in _connections) // an answer that never comes must not hold its viewer for ever
            if (connection.IsBusy && _time.GetElapsedTime(connection.SentAt) > LongestAnswer) Lose(connection);
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
            recent.Percentile(0.5) / 1e3, recent.Percentile(0.99) / 1e3, recent.Max / 1e3, Tally.RecentLag.Percentile(0.99) / 1e3, _due.Count,
            Tally.Of(LoadOperation.Open), Tally.Of(LoadOperation.Beat), Tally.Of(LoadOperation.Close),
            Tally.Moves, Tally.Failovers, Tally.Reopened, Tally.Broken, Tally.Unreadable,
            Tally.ByStatus(), Tally.ByDecision(), _audience.BySite(), Tally.FirstRefusal);
    }
}
