using Scheduler.Core.Drains;

namespace Scheduler.State.Drains;

/// <summary>A receiver that gets nothing more for now.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Cause">Why it waits.</param>
/// <param name="Utilisation">Its load over what it can carry.</param>
public readonly record struct WaitingReceiver(string Site, DrainPause Cause, double Utilisation);
