using System.Collections.Immutable;
using System.Reflection;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Standby;
using Scheduler.State.Ports;

namespace Scheduler.Server.Peers;

/// <summary>This replica's place among its peers: who it is, where they reach it, and how they know each other.</summary>
/// <param name="Store">What they share.</param>
/// <param name="Self">This replica, as it joined, or as it is going to when the store can be reached.</param>
/// <param name="Members">All replicas, as it found them, or as it knew them when the store was last there.</param>
/// <param name="Listener">Where peers connect.</param>
/// <param name="Key">The secret that all of them know.</param>
internal sealed record ClusterSeat(ClusterStore Store, Member Self, ImmutableArray<Member> Members, PeerListener Listener, ClusterKey Key)
{
    /// <summary>True when the store knows of this start; false for one without the store.</summary>
    public bool HasJoined { get; init; } = true;

    /// <summary>Takes a place: listens for peers, then joins under the address that they reach it at.</summary>
    /// <param name="store">What they share.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="kept">What to start from when the store cannot be reached; null when it can.</param>
    /// <param name="time">The calendar.</param>
    /// <exception cref="StartupException">Something is missing, or no number is free.</exception>
    public static async Task<ClusterSeat> TakeAsync(ClusterStore store, ClusterOptions options, StandbyState? kept, TimeProvider time)
    {
        if (options.Key is not { } secret)
            throw new StartupException("This store may be shared by several replicas: set Scheduler:Cluster:Key to a secret of 32 characters or more, the same for all of them (openssl rand -base64 36 makes one).");
        _ = ListenUrl.TryParseAll(options.PeerUrl, out IReadOnlyList<ListenUrl> urls);
        PeerListener listener = await PeerListener.StartAsync(urls[0], time);
        string version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        var draft = new MemberDraft(options.Name, options.Address ?? listener.Url.GetLeftPart(UriPartial.Authority), options.Zone, version);
        if (kept is not null)
        {
            var known = new Member(kept.Number, kept.Start, draft, SilentFor: TimeSpan.Zero, HasLeft: false);
            return new ClusterSeat(store, known, [known, .. kept.Peers], listener, new ClusterKey(secret)) { HasJoined = false };
        }
        if (await store.Members.JoinAsync(draft, CancellationToken.None) is { } self)
        {
            // Before the first report comes it must be known with whom nodes are shared.
            ImmutableArray<Member> members = await store.Members.BeatAsync(self.Number, self.Start, CancellationToken.None);
            return new ClusterSeat(store, self, members, listener, new ClusterKey(secret));
        }
        await listener.DisposeAsync();
        throw new StartupException(
            $"All 255 numbers of replicas are taken, or rest for {IMembership.Rest.TotalHours:0} hours after their replicas were last heard. Give replicas names that they keep from start to start (Scheduler:Cluster:Name).");
    }
}
