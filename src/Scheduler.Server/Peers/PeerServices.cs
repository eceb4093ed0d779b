using Scheduler.Server.Http.Tls;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Peers.Sessions;
using Scheduler.Server.Peers.Topics;
using Scheduler.State;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers;

/// <summary>Puts together what replicas do together.</summary>
internal static class PeerServices
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="seat">This replica's place; null for one that can have no peers.</param>
    /// <param name="clock">The time.</param>
    /// <param name="number">This replica's number.</param>
    /// <param name="expected">Replicas that there may be at once.</param>
    public static void AddPeers(this IServiceCollection services, ClusterSeat? seat, SchedulerClock clock, byte number, int expected)
    {
        services.AddSingleton<PeerDemands>();
        if (seat is null)
        {
            services.AddSingleton(LeaderSeat.OfOne(number));
            return;
        }
        var book = new PeerBook(clock, seat.Self, expected);
        book.Learn(seat.Members);
        book.Tick();
        services.AddSingleton(seat).AddSingleton(_ => seat.Listener).AddSingleton(book).AddSingleton(new LeaderSeat(number)).AddSingleton(seat.Store.Members).AddSingleton(seat.Store.Leadership).AddSingleton(seat.Store.Plans);
        services.AddSingleton(new Handshake(seat.Key, book.Id)).AddSingleton<PeerCounters>().AddSingleton<PeerLinks>().AddSingleton<SessionOwners>();
        services.AddSingleton(provider => new PeerTransport(provider.GetService<TlsFiles>())).AddSingleton<PeerDialler>().AddSingleton<PeerReceiver>();
        services.AddSingleton<IPeerTopic, ReportsTopic>().AddSingleton<IPeerTopic, IncrementsTopic>().AddSingleton<IPeerTopic, DemandTopic>().AddSingleton<IPeerTopic, PricesTopic>();
        services.AddSingleton<FlowsHandler>().AddSingleton<IPeerHandler>(provider => provider.GetRequiredService<FlowsHandler>());
        services.AddSingleton<IPeerHandler, ReportsHandler>().AddSingleton<IPeerHandler, StartsHandler>().AddSingleton<IPeerHandler, IncrementsHandler>().AddSingleton<IPeerHandler, DemandHandler>();
        services.AddSingleton<IPeerHandler, PricesHandler>().AddSingleton<IPeerHandler, ByeHandler>().AddSingleton<IPeerHandler, CallHandler>();
        services.AddSingleton<TraceHandler>().AddSingleton<IPeerHandler>(provider => provider.GetRequiredService<TraceHandler>());
        services.AddSingleton<IPeerTopic, LocalDrainsTopic>().AddSingleton<IPeerHandler, LocalDrainsHandler>();
        // They stop in the opposite order: peers are told of the end before the connections to them close.
        services.AddHostedService<PeerService>().AddHostedService<PlanLogService>();
        services.AddSingleton<LeaderService>().AddHostedService(provider => provider.GetRequiredService<LeaderService>());
        services.AddSingleton<MembershipService>().AddHostedService(provider => provider.GetRequiredService<MembershipService>());
    }

    /// <summary>Lets peers in; and closes the door when the process ends.</summary>
    public static void OpenToPeers(this WebApplication app)
    {
        if (app.Services.GetService<ClusterSeat>() is null) return;
        PeerListener listener = app.Services.GetRequiredService<PeerListener>(); // the services close it where nothing else did
        listener.Open(app.Services.GetRequiredService<PeerReceiver>(), app.Services.GetService<TlsFiles>());
        app.Lifetime.ApplicationStopped.Register(() => listener.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(5)));
    }
}
