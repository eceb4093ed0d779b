namespace Scheduler.Protocol.Admin;

/// <summary>The decisions on one session that the log still has.</summary>
/// <param name="Session">Identity of the session.</param>
/// <param name="Decisions">The decisions, in the order in which they were made.</param>
public sealed record LoggedDecisionListMessage(string Session, IReadOnlyList<LoggedDecisionMessage> Decisions);
