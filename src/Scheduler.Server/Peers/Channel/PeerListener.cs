using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Tls;

namespace Scheduler.Server.Peers.Channel;

/// <summary>
/// Where peers connect: a server of its own, so that nothing of it is on a public port, nothing public is on its port, and neither shares the other's limits.
/// It listens before this replica has joined, since the address that it joins with may be known only then.
/// </summary>
internal sealed class PeerListener : IAsyncDisposable
{
    /// <summary>The one call there is.</summary>
    public const string Path = "/peers/v1/stream";

    private const int MostConnections = 1_024;
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PingWithin = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private volatile PeerReceiver? _receiver;
    private volatile TlsFiles? _tls;

    private PeerListener(ListenUrl url, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            // A connection lasts, and is quiet while there is nothing to tell.
            kestrel.Limits.MaxRequestBodySize = null;
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (null, null);
            (kestrel.Limits.Http2.KeepAlivePingDelay, kestrel.Limits.Http2.KeepAlivePingTimeout) = (PingAfter, PingWithin);
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
            new TlsListening(() => _tls, time).Listen(kestrel, [url]);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where it listens, with the port that it got.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Begins to listen.</summary>
    /// <param name="url">Where.</param>
    /// <param name="time">The calendar.</param>
    /// <exception cref="StartupException">It cannot listen there.</exception>
    public static async Task<PeerListener> StartAsync(ListenUrl url, TimeProvider time)
    {
        var listener = new PeerListener(url, time);
        try
        {
            await listener._app.StartAsync();
        }
        catch (IOException fault)
        {
            await listener.DisposeAsync();
            throw new StartupException($"{fault.Message} Scheduler:Cluster:PeerUrl must be an address that is free, such as http://localhost:8082.");
        }
        IServerAddressesFeature? addresses = listener._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        listener.Url = new Uri(addresses!.Addresses.First());
        return listener;
    }

    /// <summary>Begins to take connections in; those that come before are sent away and come again.</summary>
    /// <param name="receiver">What takes them.</param>
    /// <param name="tls">The certificate; null without TLS.</param>
    public void Open(PeerReceiver receiver, TlsFiles? tls) => (_tls, _receiver) = (tls, receiver);

    /// <summary>Closes all connections and listens no more.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == Path && HttpMethods.IsPost(context.Request.Method) && _receiver is { } receiver) return receiver.ServeAsync(context);
        context.Response.StatusCode = _receiver is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
