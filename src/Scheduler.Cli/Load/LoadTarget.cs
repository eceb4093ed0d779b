using System.Net;
using System.Net.Sockets;

namespace Scheduler.Cli.Load;

/// <summary>One of the schedulers that are asked: its connections, who waits for one, and what was counted.</summary>
internal sealed class LoadTarget : IDisposable
{
    private readonly LoadConnection[] _connections;
    private readonly Stack<LoadConnection> _idle = new();
    private readonly Dictionary<Socket, LoadConnection> _bySocket = [];

    /// <summary>A target that is not connected to yet.</summary>
    /// <param name="url">Its address.</param>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="key">API key; null for none.</param>
    /// <param name="connections">How many connections are kept to it.</param>
    /// <param name="viewers">How many viewers may wait for one.</param>
    public LoadTarget(Uri url, EndPoint endpoint, string? key, int connections, int viewers)
    {
        Url = url;
        Requests = new RequestTemplates(url, key);
        Due = new WorkQueue(viewers);
        _connections = new LoadConnection[connections];
        for (int i = 0; i < connections; i++) _connections[i] = new LoadConnection(endpoint);
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; }

    /// <summary>Requests to it.</summary>
    public RequestTemplates Requests { get; }

    /// <summary>Viewers who wait for a connection.</summary>
    public WorkQueue Due { get; }

    /// <summary>Its connections.</summary>
    public ReadOnlySpan<LoadConnection> Connections => _connections;

    /// <summary>True when it takes no connection: there is none, and the last tries failed.</summary>
    public bool IsDown => _bySocket.Count == 0 && _connections[0].HasFailed;

    /// <summary>True while a request is under way.</summary>
    public bool IsBusy => _bySocket.Values.Any(static connection => connection.IsBusy);

    /// <summary>Answers, whatever they said.</summary>
    public long Answers { get; set; }

    /// <summary>Answers 503.</summary>
    public long Unavailable { get; set; }

    /// <summary>Requests that got no answer.</summary>
    public long Unanswered { get; set; }

    /// <summary>Gets on with connecting.</summary>
    public void Connect()
    {
        if (_bySocket.Count == _connections.Length) return;
        foreach (LoadConnection connection in _connections)
        {
            if (connection.Socket is not null || !connection.Connect()) continue;
            _bySocket[connection.Socket!] = connection;
            _idle.Push(connection);
        }
    }

    /// <summary>A connection without a request; false when there is none.</summary>
    public bool TryIdle(out LoadConnection? connection) => _idle.TryPop(out connection);

    /// <summary>A connection has nothing to do.</summary>
    public void Rest(LoadConnection connection) => _idle.Push(connection);

    /// <summary>The connection of a socket; null when it is another target's, or is gone.</summary>
    public LoadConnection? Find(Socket socket) => _bySocket.GetValueOrDefault(socket);

    /// <summary>A connection's socket is closed, or about to be.</summary>
    public void Forget(Socket socket) => _bySocket.Remove(socket);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LoadConnection connection in _connections) connection.Dispose();
    }
}
