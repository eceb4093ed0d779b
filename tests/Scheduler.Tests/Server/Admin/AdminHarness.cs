using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Core.Sessions;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Persistence;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Drains;
using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Tests.State.Configurations;
using Scheduler.Tests.State.Drains;

namespace Scheduler.Tests.Server.Admin;

/// <summary>The admin API on a test server with a store in memory, a stopped clock and a caller of each role.</summary>
internal sealed class AdminHarness : IAsyncDisposable
{
    private readonly WebApplication _app;
    private HttpClient? _client;
    private readonly Dictionary<AdminRole, string> _secrets = [];

    private AdminHarness(WebApplication app, Stores stores, FaultyRevisionStore faults, StoppedClock clock, List<Scheduler.State.Configuration> applied)
    {
        _app = app;
        Stores = stores;
        Faults = faults;
        Clock = clock;
        Applied = applied;
    }

    /// <summary>Two master keys, as while they rotate: 3 is current.</summary>
    public static TokenKeyRing TokenKeys { get; } = new([new MasterKey(2, new byte[32]), new MasterKey(3, Enumerable.Repeat((byte)7, 32).ToArray())], 3);

    private static SecurityOptions Configured()
    {
        var options = new SecurityOptions();
        options.TokenKeys.Add($"3:{Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray())}");
        options.TokenKeys.Add($"2:{Convert.ToBase64String(new byte[32])}");
        return options;
    }

    public Stores Stores { get; }

    /// <summary>Makes the store fail.</summary>
    public FaultyRevisionStore Faults { get; }

    public StoppedClock Clock { get; }

    /// <summary>Every configuration that was applied, in order.</summary>
    public List<Scheduler.State.Configuration> Applied { get; }

    public ConfigurationCentre Centre => _app.Services.GetRequiredService<ConfigurationCentre>();

    public IServiceProvider Services => _app.Services;

    /// <summary>The local drains.</summary>
    public LocalDrainBook Local => _app.Services.GetRequiredService<LocalDrainBook>();

    public KeyRegistry Keys => _app.Services.GetRequiredService<KeyRegistry>();

    /// <summary>The address that calls come from.</summary>
    public IPAddress? Remote { get; set; }

    public static Task<AdminHarness> StartAsync(bool demo = false, params string[] fleet) => StartAsync(demo, Configured(), fleet);

    public static async Task<AdminHarness> StartAsync(bool demo, SecurityOptions security, params string[] fleet)
    {
        var clock = new StoppedClock();
        var applied = new List<Scheduler.State.Configuration>();
        Stores stores = StoreAddress.Open("sqlite::memory:");

        var schedulerClock = new SchedulerClock(clock);
        var control = new ControlLoop(schedulerClock, ControlOptions.Default with { StreamCapacity = 8 }, new SessionTable(16, boot: 1, schedulerClock.NowS), new SnapshotPublisher());

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(clock);
        var faults = new FaultyRevisionStore(stores.Revisions);
        builder.Services.AddSingleton<IRevisionStore>(faults);
        var feed = new RevisionFeed();
        builder.Services.AddSingleton(feed).AddSingleton(stores.Audit);
        var inForce = new ConfigurationInForce(clock, configuration =>
        {
            control.Apply(configuration);
            applied.Add(configuration);
            feed.Announce();
        });
        builder.Services.AddSingleton(inForce).AddSingleton(new ConfigurationCentre(faults, stores.Numbers, new ConfigurationCodec(), clock, inForce.Obey));
        builder.Services.AddSingleton(new LocalDrainBook(new MemoryLocalDrainJournal(), inForce.Obey, clock)).AddSingleton(new ClusterOptions { Name = "replica-0" });
        builder.Services.AddSingleton(control).AddSingleton(control.Drains);
        var keys = new KeyRegistry(stores.Keys, new SecurityOptions(), clock);
        builder.Services.AddSingleton(keys);
        builder.Services.AddSingleton(new Authenticator(keys, demo));
        var tokens = new TokenKeys(stores.Secrets, security, clock);
        await tokens.LoadAsync(default);
        builder.Services.AddSingleton(tokens);
        builder.Services.AddSingleton(new RateLimits(new RateLimitOptions(), clock));
        builder.Services.AddAdmin();
        WebApplication app = builder.Build();
        var harness = new AdminHarness(app, stores, faults, clock, applied);
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = harness.Remote;
            return next(context);
        });
        app.MapAdmin();
        await app.StartAsync();
        harness._client = app.GetTestClient();

        foreach (AdminRole role in Enum.GetValues<AdminRole>())
        {
            ApiKeyKind kind = Enum.Parse<ApiKeyKind>(role.ToString());
            var made = (KeyCreation.Created)await keys.CreateAsync(kind, $"the {role}".ToLowerInvariant(), [], "test", null, default);
            harness._secrets[role] = made.Secret;
        }

        if (fleet.Length > 0)
        {
            await harness.Centre.ChangeAsync(
                _ => new ConfigurationEdit.Replace(RevisionKind.Fleet, SmallFleet.Of(fleet)),
                new ChangeOrder("test", "set up"),
                default);
        }

        return harness;
    }

    /// <summary>Calls as a role; without a key when the role is null.</summary>
    public async Task<Answer> CallAsync(
        AdminRole? role, string method, string path, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (role is { } known) request.Headers.Authorization = new("Bearer", _secrets[known]);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _client!.SendAsync(request);
        return new Answer(
            (int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync());
    }

    public Task<Answer> OperatorAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
        => CallAsync(AdminRole.Operator, method, path, body, headers: headers);

    public Task<Answer> AdminAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
        => CallAsync(AdminRole.Admin, method, path, body, headers: headers);

    /// <summary>Runs a call and asserts that it changed neither the configuration nor the keys.</summary>
    public async Task<Answer> UnchangedAsync(Func<Task<Answer>> call)
    {
        (long revision, int applied, int keys) = (Centre.Current.Revision, Applied.Count, Keys.Keys.Length);
        Answer answer = await call();
        Assert.Equal((revision, applied, keys), (Centre.Current.Revision, Applied.Count, Keys.Keys.Length));
        Assert.Equal(revision, (await Stores.Revisions.ReadNewestAsync(default))?.Revision.Number ?? 0);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _app.DisposeAsync();
        await Stores.DisposeAsync();
    }
}
