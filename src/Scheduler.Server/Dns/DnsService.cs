using System.Net;
using System.Net.Sockets;
using Scheduler.Protocol.Dns;
using Scheduler.Server.Hosting;
using Scheduler.State;

namespace Scheduler.Server.Dns;

/// <summary>Answers names while this replica runs: binds at the start, so that what cannot be had is known at once, and answers when players may be sent here.</summary>
internal sealed partial class DnsService(
    DnsDesk desk, DnsCounters counters, SchedulerOptions scheduler, Readiness readiness, SchedulerClock clock, ILogger<DnsService> log)
    : BackgroundService
{
    private readonly DnsOptions _options = scheduler.Dns;
    private readonly List<IDisposable> _listeners = [];
    private volatile bool _isOpen;

    /// <summary>Where it answers, over UDP and TCP both; empty before the start.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; private set; } = [];

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        DnsRules rules = new(scheduler.Sessions.ToRules().PlayKbps, _options.AmplificationLimit, System.Text.Encoding.ASCII.GetBytes(scheduler.Cluster.Name));
        var responder = new DnsResponder(rules);
        desk.Tick();
        Endpoints = [.. _options.Endpoints().Select(endpoint => Open(endpoint, responder))];
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (IDisposable listener in _listeners) listener.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Ticks.RunAsync(TimeSpan.FromMilliseconds(250), clock.Time, Step, Failed, Recovered, stoppingToken);

    private void Step()
    {
        desk.Tick();
        bool isOpen = readiness.Waiting().Count == 0;
        if (isOpen && !_isOpen)
            foreach (IPEndPoint endpoint in Endpoints) Answers(endpoint);
        _isOpen = isOpen;
    }

    private IPEndPoint Open(IPEndPoint endpoint, DnsResponder responder)
    {
        try
        {
            IPEndPoint bound = endpoint;
            for (int i = 0; i < _options.Sockets; i++)
            {
                // Each thread holds its own part of the limit: Linux spreads the askers' ports over the sockets.
                int share = _options.ResponsesPerS == 0 ? 0 : Math.Max(1, _options.ResponsesPerS / _options.Sockets);
                var socket = new UdpSocket(bound, _options.Sockets > 1, new DnsHandler(desk, responder, counters, share), () => _isOpen, clock);
                _listeners.Add(socket);
                bound = socket.Endpoint;
                socket.Start();
            }
            var server = new TcpServer(bound, new DnsHandler(desk, responder, counters, 0), () => _isOpen, _options, counters, clock);
            _listeners.Add(server);
            server.Start();
            return bound;
        }
        catch (SocketException fault)
        {
            string hint = fault.SocketErrorCode == SocketError.AccessDenied ? " Ports below 1024 need the right to bind them (CAP_NET_BIND_SERVICE)." : "";
            throw new StartupException($"Names cannot be answered on {endpoint} (Scheduler:Dns:Listen): {fault.Message}.{hint}");
        }
    }

    [LoggerMessage(EventId = 250, Level = LogLevel.Information, Message = "Names are answered on {Endpoint}, over UDP and TCP")]
    private partial void Answers(IPEndPoint endpoint);

    [LoggerMessage(EventId = 251, Level = LogLevel.Error, Message = "What DNS answers rest on could not be renewed; answers go on from what there was, and further failures are not told one by one")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 252, Level = LogLevel.Information, Message = "What DNS answers rest on is renewed again")]
    private partial void Recovered();
}
