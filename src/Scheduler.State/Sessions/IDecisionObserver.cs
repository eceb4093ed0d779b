namespace Scheduler.State.Sessions;

/// <summary>Keeps the decisions on some sessions. Called by the threads of requests: neither call may wait.</summary>
public interface IDecisionObserver
{
    /// <summary>True for a session whose decisions are kept; always the same for the same session. Only for these reasons are looked for.</summary>
    /// <param name="session">Identity of the session.</param>
    bool Observes(ulong session);

    /// <summary>Takes a decision.</summary>
    /// <param name="decision">The decision.</param>
    void Observe(ObservedDecision decision);
}
