using System.Collections.Immutable;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Peers;
using Scheduler.State.Ports;

namespace Scheduler.Server.Standby;

/// <summary>
/// Keeps the standby file in step with what the store confirmed: within a second of a change, and once a minute for the time of confirmation alone, which decides
/// how long the replica may start from it.
/// </summary>
public sealed partial class StandbyKeeper(
    StandbyFile file, PeerBook book, ConfigurationCentre centre, RememberedNumbers numbers, KeyRegistry keys, TokenKeys tokens, TimeProvider clock, ILogger<StandbyKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);

    private StandbyState? _kept;
    private volatile string? _fault;

    /// <summary>Why the file could not be written; null when it could.</summary>
    public string? Fault => _fault;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        do Keep();
        while (await timer.NextAsync(stoppingToken));
    }

    /// <summary>Writes the file when what it holds is not what is in force.</summary>
    internal void Keep()
    {
        // In doubt nothing is confirmed: what the file holds is the last that was.
        if (centre.IsInDoubt || centre.Stored is not { } configuration) return;
        ImmutableArray<ApiKey> allKeys = keys.Keys;
        ImmutableArray<MasterSecret> secrets = tokens.Stored;
        ImmutableArray<Member> peers = [.. book.Roll.Peers.Select(peer => peer.Member)];
        if (_kept is { } kept && kept.Configuration.Revision == configuration.Revision && ReferenceEquals(kept.Numbers, numbers.Known) && kept.Keys == allKeys && kept.Secrets.SequenceEqual(secrets)
            && kept.Peers.Select(Identity).SequenceEqual(peers.Select(Identity))
            && configuration.ConfirmedAt - kept.Configuration.ConfirmedAt < Renewal) return;
        var state = new StandbyState(book.Self.Draft.Name, book.Id.Number, book.Id.Start, peers, configuration, numbers.Known, allKeys, secrets);
        try
        {
            file.Write(state);
            if (_fault is not null) Kept(file.Path);
            (_kept, _fault) = (state, null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (_fault is null) Failed(fault, file.Path);
            _fault = fault.Message;
        }
    }

    /// <summary>What of a replica is worth a new file: when it was last heard changes every second.</summary>
    private static (byte, long, string, bool) Identity(Member member) => (member.Number, member.Start, member.Draft.Address, member.HasLeft);

    [LoggerMessage(EventId = 180, Level = LogLevel.Error, Message = "{File} cannot be written: this replica could not start without its store")]
    private partial void Failed(Exception fault, string file);

    [LoggerMessage(EventId = 181, Level = LogLevel.Information, Message = "{File} is written again")]
    private partial void Kept(string file);
}
