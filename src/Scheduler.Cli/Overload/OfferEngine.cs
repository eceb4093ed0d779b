using System.Net.Sockets;
using Scheduler.Cli.Load;

namespace Scheduler.Cli.Overload;

/// <summary>
/// Offers new sessions at a fixed rate, in an open loop: a slow answer does not slow the next viewer down, and his time counts from when he was due. One
/// thread, so that it can have a core of its own.
/// </summary>
internal sealed class OfferEngine
{
    private const int Requests = 4_096;
    private const int Streams = 20_000;
    private const int BitRateKbps = 3_000;

    private readonly OfferOptions _options;
    private readonly TimeProvider _time;
    private readonly byte[][] _requests = new byte[Requests][];
    private readonly LoadConnection[] _connections;
    private readonly Stack<LoadConnection> _idle = new();
    private readonly Dictionary<Socket, LoadConnection> _bySocket = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly Queue<long> _waiting = new();
    private readonly OfferTally _tally = new();
    private readonly long _start;
    private long _due;
    private long _sent;

    /// <summary>Prepares the requests; opens no connection.</summary>
    public OfferEngine(OfferOptions options, IViewerAddresses addresses, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var random = new Random(options.Seed);
        var streams = new StreamPopularity(Streams);
        var templates = new RequestTemplates(options.Url, options.Key);
        Span<byte> request = stackalloc byte[RequestTemplates.LongestRequest];
        Span<byte> address = stackalloc byte[IViewerAddresses.LongestText];
        for (int i = 0; i < Requests; i++)
        {
            int length = addresses.Draw(random, address);
            _requests[i] = request[..templates.WriteOpen(request, streams.Name(streams.Draw(random)), address[..length], BitRateKbps, default)].ToArray();
        }
        _connections = [.. Enumerable.Range(0, options.Connections).Select(_ => new LoadConnection(options.Endpoint))];
        _start = time.GetTimestamp();
    }

    private long NowUs => (long)_time.GetElapsedTime(_start).TotalMicroseconds;

    /// <summary>Offers until the time is up or it is stopped.</summary>
    public OfferSummary Run(CancellationToken stop)
    {
        long fromUs = (long)_options.WarmUp.TotalMicroseconds;
        long untilUs = fromUs + (long)_options.Duration.TotalMicroseconds;
        while (NowUs is var now && now < untilUs && !stop.IsCancellationRequested)
        {
            Connect();
            for (; DueAtUs(_due) <= now; _due++) _waiting.Enqueue(DueAtUs(_due));
            Dispatch();
            Poll();
        }
        double seconds = Math.Max(1e-3, (Math.Min(NowUs, untilUs) - fromUs) / 1e6);
        foreach (LoadConnection connection in _connections) connection.Dispose();
        return new OfferSummary(
            _options.Rate, _options.Connections, Math.Round(seconds, 3), Rate(_tally.Offered), Rate(_tally.Accepted.Count), Rate(_tally.Refused.Count),
            Rate(_tally.GaveUp), Rate(_tally.Failed), Ms(_tally.Accepted, 0.5), Ms(_tally.Accepted, 0.99), _tally.Accepted.Max / 1e3, Ms(_tally.Refused, 0.5));

        double Rate(long count) => Math.Round(count / seconds, 1);
        static double? Ms(LatencyHistogram histogram, double share) => histogram.Percentile(share) / 1e3;
    }

    private long DueAtUs(long viewer) => (long)(viewer * 1e6 / _options.Rate);

    private bool Counts(long dueAtUs) => dueAtUs >= _options.WarmUp.TotalMicroseconds;

    private void Connect()
    {
        if (_bySocket.Count == _connections.Length) return;
        foreach (LoadConnection connection in _connections)
        {
            if (connection.Socket is not null || !connection.Connect()) continue;
            _bySocket[connection.Socket!] = connection;
            _idle.Push(connection);
        }
    }

    private void Dispatch()
    {
        long patienceUs = (long)_options.Patience.TotalMicroseconds;
        long now = NowUs;
        while (_waiting.TryPeek(out long dueAtUs))
        {
            if (now - dueAtUs > patienceUs)
            {
                if (Counts(dueAtUs)) (_tally.Offered, _tally.GaveUp) = (_tally.Offered + 1, _tally.GaveUp + 1);
                _waiting.Dequeue();
                continue;
            }
            if (!_idle.TryPop(out LoadConnection? connection)) return;
            _waiting.Dequeue();
            if (Counts(dueAtUs)) _tally.Offered++;
            byte[] request = _requests[_sent++ % Requests];
            request.CopyTo(connection.Request);
            connection.SentAt = dueAtUs;
            if (!connection.Send(request.Length)) Lose(connection);
        }
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
        if (_readable.Count + _writable.Count == 0) return; // the next viewer is due in microseconds
        Socket.Select(_readable, _writable, null, microSeconds: 0);
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
        if (Counts(connection.SentAt)) Count(response.Status, NowUs - connection.SentAt);
        if (connection.Socket is null) _bySocket.Remove(socket);
        else _idle.Push(connection);
    }

    private void Count(int status, long latencyUs)
    {
        switch (status)
        {
            case 201:
                _tally.Accepted.Record(latencyUs);
                break;
            case 429 or 503:
                _tally.Refused.Record(latencyUs);
                break;
            default:
                _tally.Failed++;
                break;
        }
    }

    private void Lose(LoadConnection connection)
    {
        if (Counts(connection.SentAt)) _tally.Failed++;
        _bySocket.Remove(connection.Socket!);
        connection.Drop();
    }
}
