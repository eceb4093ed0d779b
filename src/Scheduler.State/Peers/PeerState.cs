namespace Scheduler.State.Peers;

/// <summary>How another replica stands, as seen from here. Exported as metric label: append, never renumber.</summary>
public enum PeerState
{
    /// <summary>It speaks on the peer channel.</summary>
    Live = 0,

    /// <summary>It may be assigning, and does not tell what: the channel is down, the store still hears it or did a moment ago.</summary>
    Silent = 1,

    /// <summary>Neither the channel nor the store has heard it for long: it is taken for dead, its sessions are taken over.</summary>
    Gone = 2,

    /// <summary>It left in good order.</summary>
    Left = 3,
}
