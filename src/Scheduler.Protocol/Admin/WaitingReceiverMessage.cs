namespace Scheduler.Protocol.Admin;

/// <summary>A site that gets nothing more by migration for now.</summary>
/// <param name="Site">Its id.</param>
/// <param name="Cause"><c>receiver_full</c> or <c>receiver_fails</c>.</param>
/// <param name="Utilisation">Its load over what it can carry.</param>
public sealed record WaitingReceiverMessage(string Site, string Cause, double Utilisation);
