using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Metadata;
using Scheduler.Core.Drains;
using Scheduler.Core.Sessions;
using Scheduler.Server.Auditing;
using Scheduler.Server.Demo;
using Scheduler.Server.Dns;
using Scheduler.Server.Endpoints;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Endpoints.Admin.Watching;
using Scheduler.Server.Endpoints.Live;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Endpoints.Reports;
using Scheduler.Server.Endpoints.Steering;
using Scheduler.Server.Grpc;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.OperatorConsole;
using Scheduler.Server.Peers;
using Scheduler.Server.Persistence;
using Scheduler.Server.Security;
using Scheduler.Server.Standby;
using Scheduler.Server.Telemetry;
using Scheduler.State;
using Scheduler.State.Auditing;
using Scheduler.State.Control;
using Scheduler.State.Drains;
using Scheduler.State.Peers;
using Scheduler.State.Planning;
using Scheduler.State.Ports;
using Scheduler.State.Rtts;
using Scheduler.State.Sessions;
using Scheduler.State.Sites;
using Scheduler.Storage;

namespace Scheduler.Server.Hosting;

/// <summary>Puts the parts of one replica together.</summary>
public static class SchedulerApplication
{
    /// <summary>How long the requests that run, and what was taken and is to be written, may hold up the end.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    /// <summary>Builds the application; it has not begun to listen.</summary>
    /// <param name="builder">With configuration and logging.</param>
    /// <param name="opened">Stores that are open already; null to open those that the configuration names.</param>
    /// <param name="time">The clock; null for that of the machine.</param>
    /// <exception cref="StartupException">The configuration is not valid, or the store cannot be opened; the message is for the operator.</exception>
    public static async Task<WebApplication> BuildAsync(WebApplicationBuilder builder, Stores? opened = null, TimeProvider? time = null)
    {
        SchedulerOptions options = builder.Configuration.GetSection(SchedulerOptions.Section).Get<SchedulerOptions>() ?? new SchedulerOptions();
        SecurityOptions security = builder.Configuration.GetSection(SecurityOptions.Section).Get<SecurityOptions>() ?? new SecurityOptions();
        Check(options, security);
        if (string.Equals(builder.Configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
            throw new StartupException(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED would believe whatever address any caller claims: remove it, and list your proxies in Scheduler:Http:TrustedProxies.");

        var clock = new SchedulerClock(time ?? TimeProvider.System);
        Stores stores = opened ?? OpenStore(options.Store);
        var numbers = new RememberedNumbers(stores.Numbers);
        var keys = new KeyRegistry(stores.Keys, security, clock.Time);
        var tokens = new TokenKeys(stores.Secrets, security, clock.Time);
        var standby = new StandbyFile(options.Cluster.StateDirectory);
        StandbyState? kept = await StoreStart.LoadAsync(stores, keys, tokens, numbers, standby, options.Cluster.Name, clock.UtcNow);
        FirstStart? first = kept is not null ? null : await FirstStart.PrepareAsync(keys, security, DataDirectory(options), CancellationToken.None);
        _ = ListenUrl.TryParseAll(options.Http.Url, out IReadOnlyList<ListenUrl> urls);
        _ = options.Grpc.TryRead(urls, out IReadOnlyList<ListenUrl> grpc);
        if ((first is not null || options.Demo) && !urls.Concat(grpc).All(url => url.IsLoopback))
            throw new StartupException(first is not null
                ? $"A store that had no key yet is served on loopback only: start once on localhost, or set Scheduler:Security:AdminKey. The admin key that was made now is in {first.KeyFile}."
                : $"Demo mode refuses to listen beyond loopback ({options.Http.Url}): set Scheduler:Demo to false, or Scheduler:Http:Url, and Scheduler:Grpc:Url if you set it, to http://localhost:PORT.");

        ClusterSeat? seat = stores.Cluster is { } shared ? await ClusterSeat.TakeAsync(shared, options.Cluster, kept, clock.Time) : null;
        byte number = seat?.Self.Number ?? SessionRules.Default.Replica;
        SiteRules siteRules = options.Reports.ToRules() with { Replica = number, Replicas = seat is null ? 1 : options.Cluster.Replicas, MayHavePeers = seat is not null };
        var sessions = new SessionTable(options.Sessions.Capacity, SessionTable.BootAt(clock.UnixMs), clock.NowS);
        var publisher = new SnapshotPublisher();
        var control = new ControlLoop(
            clock,
            new ControlOptions(options.Policy.ToPolicy(), siteRules, options.Sessions.Streams)
            {
                Learning = options.Policy.LearnRtts ? RttRules.Default : null,
            },
            sessions, publisher);
        var feed = new RevisionFeed();
        DnsDesk? names = null;
        var inForce = new ConfigurationInForce(clock.Time, configuration =>
        {
            control.Apply(configuration);
            names?.Apply(configuration);
            feed.Announce();
        });
        var centre = new ConfigurationCentre(stores.Revisions, numbers, new ConfigurationCodec(), clock.Time, inForce.Obey);
        var local = new LocalDrainBook(new LocalDrainJournal(options.Cluster.StateDirectory), inForce.Obey, clock.Time);
        Recover(local);

        IServiceCollection services = builder.Services;
        services.AddSingleton(options).AddSingleton(security).AddSingleton(options.Geo).AddSingleton(siteRules);
        services.AddSingleton(clock).AddSingleton(clock.Time).AddSingleton(stores).AddSingleton(stores.Revisions).AddSingleton(numbers).AddSingleton<INumberStore>(numbers).AddSingleton(stores.Audit).AddSingleton(feed);
        services.AddSingleton(keys).AddSingleton(new Authenticator(keys, options.Demo)).AddSingleton(tokens);
        services.AddSingleton(sessions).AddSingleton(publisher).AddSingleton(control).AddSingleton(centre).AddSingleton(inForce);
        services.AddSingleton(options.Cluster).AddSingleton(standby).AddSingleton(local).AddSingleton(new LocalDrainRecorder(centre, local, options.Cluster.Name, clock));
        services.AddSingleton(control.Drains).AddSingleton<DrainNews>().AddSingleton<OperationsWatch>();
        var plans = new PlanLoop(control, clock);
        var day = new DemandDay();
        DrainRules drainRules = options.Drains.ToRules();
        // Two of them: an operator's question must not wait for the watch, nor the watch for it.
        services.AddSingleton(new DemandMeter(sessions)).AddSingleton(plans).AddSingleton(new MeterJournal(stores.Meters, plans.Bills, clock)).AddSingleton<PlanForecaster>().AddSingleton(drainRules);
        services.AddSingleton(new DrainForesight(plans, control, day, drainRules, clock));
        services.AddSingleton(new DrainWatch(new DrainForesight(plans, control, day, drainRules, clock), () => inForce.Current, clock));
        var relay = new ReportRelay();
        services.AddSingleton(relay).AddSingleton(new ReportWriters(
            Math.Clamp(Environment.ProcessorCount, 1, 64), options.Reports.QueueLength, () => control.Sites, () => publisher.Current?.Streams, seat is null ? null : relay));
        services.AddSingleton(new SessionDesk(
            sessions, clock, options.Sessions.ToRules() with { Replica = number }, control, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))));
        services.AddTelemetry(options.Telemetry);
        services.AddSingleton<ReporterRegister>().AddSingleton<GeographySource>().AddSingleton<Readiness>();
        services.AddSingleton<FleetView>().AddSingleton<PlanView>().AddSingleton<PlanApi>().AddSingleton<ExplainApi>().AddSingleton<ExplanationWriter>().AddSingleton<LiveApi>().AddSingleton<PlayerDesk>();
        services.AddSingleton<PublicAddress>().AddSingleton<SteeringEndpoint>();
        if (options.Demo) services.AddSingleton<SampleFleet>().AddSingleton<DemoNodes>();
        services.AddLimits(options);
        services.AddGrpc();
        services.AddDns(options.Dns);
        services.AddPeers(seat, clock, number, options.Cluster.Replicas);
        services.AddHostedService<ControlService>().AddHostedService<PlanService>().AddHostedService<MeterService>().AddHostedService<DrainWatchService>().AddHostedService<KeyWatch>().AddHostedService<AuditService>();
        services.AddHostedService<LocalDrainService>().AddHostedService<ExpiryService>();
        // Nobody could take over from a replica that is alone: why should it wait?
        TimeSpan notice = stores.Cluster is null || options.Demo ? TimeSpan.Zero : TimeSpan.FromSeconds(options.Cluster.LeaveS);
        services.AddSingleton(provider => new Leaving(notice, clock.Time, provider.GetRequiredService<ILogger<Leaving>>())).AddHostedService(provider => provider.GetRequiredService<Leaving>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = notice + LongestStop);
        if (stores.Cluster is not null) services.AddSingleton<StandbyKeeper>().AddHostedService(provider => provider.GetRequiredService<StandbyKeeper>());
        services.AddSingleton<StoreNews>();
        if (stores.Cluster is { } cluster) services.AddSingleton(cluster).AddSingleton<StoreWatchService>().AddHostedService(provider => provider.GetRequiredService<StoreWatchService>());
        services.AddAdmin();
        services.AddConsole(FirstStart.PathIn(DataDirectory(options)));
        services.AddOpenApi("v1", openApi => openApi.AddOperationTransformer((operation, context, _) =>
        {
            // An endpoint's own summary is about the call; the one of its handler, which would win, is about the code.
            var summary = context.Description.ActionDescriptor.EndpointMetadata.OfType<IEndpointSummaryMetadata>().LastOrDefault();
            operation.Summary = summary?.Summary ?? operation.Summary;
            return Task.CompletedTask;
        }));
        builder.Listen(options.Http, urls, grpc, clock.Time);
        builder.WebHost.ConfigureKestrel(kestrel => TransportLimits.Set(kestrel.Limits, options.Connections));

        WebApplication app = builder.Build();
        names = app.Services.GetRequiredService<DnsDesk>();
        // The map is read on one core while the other reads the fleet: both take a while, and neither needs the other.
        GeographySource geography = app.Services.GetRequiredService<GeographySource>();
        Task map = Task.Run(() => geography.RefreshAsync(CancellationToken.None));
        if (kept is null) await centre.LoadAsync(CancellationToken.None);
        else await RestoreAsync(centre, kept, standby);
        if (options.Demo && kept is null) await app.Services.GetRequiredService<SampleFleet>().LoadIfEmptyAsync(centre, CancellationToken.None);
        Map(app);
        app.OpenToPeers();
        _ = map.ContinueWith(failed => app.Logger.LogError(failed.Exception, "Geography failed"), TaskContinuationOptions.OnlyOnFaulted);
        app.Lifetime.ApplicationStopped.Register(() =>
        {
            // In this order: what was taken is written, then the store is closed, which folds its log into its file.
            app.Services.GetRequiredService<ReportWriters>().DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(5));
            WriteAudit(app.Services.GetRequiredService<AuditTrail>(), app.Logger);
            stores.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(5));
        });
        app.Lifetime.ApplicationStarted.Register(() => Greeting.Print(app, options, centre, first));
        return app;
    }

    private static void Recover(LocalDrainBook local)
    {
        try
        {
            local.Recover();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StartupException($"The drains that this replica took without its store cannot be recovered: {fault.Message} Mend the file, or move it away to start without them.");
        }
    }

    private static async Task RestoreAsync(ConfigurationCentre centre, StandbyState kept, StandbyFile file)
    {
        try
        {
            await centre.RestoreAsync(kept.Configuration, CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw new StartupException($"The store cannot be reached, and {file.Path} cannot be served from: {fault.Message}");
        }
    }

    private static void WriteAudit(AuditTrail trail, ILogger log)
    {
        try
        {
            trail.WriteAsync(all: true, CancellationToken.None).AsTask().Wait(TimeSpan.FromSeconds(5));
        }
        catch (AggregateException fault)
        {
            log.LogError(fault.InnerException, "The last records of the audit log could not be written");
        }
    }

    private static void Map(WebApplication app)
    {
        IServiceProvider services = app.Services;
        app.Use(services.GetRequiredService<Leaving>().Before);
        app.UseHttpEdge();
        app.UseMiddleware<UnexpectedFaults>();
        app.UseGrpc();
        var lane = new FastLane();
        app.Use(lane.Before);
        app.UseRouting(); // here, or the framework puts it first
        services.GetRequiredService<GrpcLane>().MapRefusals(app);
        app.MapPlayers(services, lane);
        app.MapSteering(services, lane);
        app.MapAdmin();
        services.GetRequiredService<LiveApi>().Map(app);
        HealthApi.Map(app, services.GetRequiredService<Readiness>());
        MetricsText metrics = services.GetRequiredService<MetricsText>();
        app.MapGet("/metrics", () => Results.Text(metrics.Write().Span, MetricsText.ContentType)).WithTags("health").WithSummary("Metrics in the Prometheus text format.");
        app.MapConsole();
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    private static void Check(SchedulerOptions options, SecurityOptions security)
    {
        List<string> problems = [.. security.Problems(), .. options.Http.Problems(options.Cluster.IsTls, options.Grpc), .. options.Cluster.Problems(), .. options.Telemetry.Problems(), .. options.Dns.Problems()];
        foreach (object section in (object[])[options, options.Http, options.Geo, options.Sessions, options.Reports, options.Policy, options.Drains, options.Connections, options.RateLimits, options.Overload, options.Audit, options.Cluster, options.Telemetry, options.Dns])
        {
            var found = new List<ValidationResult>();
            Validator.TryValidateObject(section, new ValidationContext(section), found, validateAllProperties: true);
            problems.AddRange(found.Select(problem => $"Scheduler: {problem.ErrorMessage}"));
        }
        if (problems.Count > 0) throw new StartupException("The configuration is not valid:\n  " + string.Join("\n  ", problems));
    }

    private static Stores OpenStore(string address)
    {
        try
        {
            return StoreAddress.OpenOrAwait(address, out _);
        }
        catch (StoreException fault)
        {
            throw new StartupException(fault.Message);
        }
    }

    /// <summary>Where the first admin key goes: beside the store, or beside what a replica keeps of a shared one.</summary>
    private static string DataDirectory(SchedulerOptions options)
    {
        const string Sqlite = "sqlite:";
        if (!options.Store.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase)) return options.Cluster.StateDirectory;
        return Path.GetDirectoryName(options.Store[Sqlite.Length..]) is { Length: > 0 } directory ? directory : "./data";
    }
}
