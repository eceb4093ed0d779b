using Scheduler.Client.Grpc;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Grpc;

/// <summary>A whole scheduler, and what calls it over gRPC on its own address.</summary>
public sealed class GrpcScheduler : IAsyncLifetime
{
    internal static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly List<GrpcCaller> _callers = [];

    internal LiveScheduler Scheduler { get; init; } = new();

    /// <summary>Where gRPC is spoken: after the addresses of HTTP.</summary>
    internal Uri Address => Scheduler.Urls[^1];

    /// <summary>What calls with a key of a kind.</summary>
    internal GrpcCaller With(ApiKeyKind kind) => WithKey(Scheduler.Key(kind));

    /// <summary>What calls with a key, or without one.</summary>
    internal GrpcCaller WithKey(string? key)
    {
        var caller = new GrpcCaller(Address, key);
        _callers.Add(caller);
        return caller;
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Scheduler.InitializeAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _callers.ForEach(caller => caller.Dispose());
        await Scheduler.DisposeAsync();
    }
}
