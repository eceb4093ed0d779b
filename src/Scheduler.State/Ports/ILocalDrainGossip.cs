using Scheduler.State.Drains;

namespace Scheduler.State.Ports;

/// <summary>Tells local drains to the peers that can be reached. What is told may arrive late, twice or in any order; who could not be reached is told when he can be.</summary>
public interface ILocalDrainGossip
{
    /// <summary>Tells all that is known; returns at once.</summary>
    /// <param name="drains">The drains, cancelled ones too.</param>
    void Tell(LocalDrainSet drains);
}
