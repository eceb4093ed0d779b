namespace Scheduler.Protocol.V1.Problems;

/// <summary>One thing wrong with a request.</summary>
/// <param name="Field">Where: a member by its path (<c>exclude[3]</c>), a header, a query parameter, or <c>body</c> for the whole.</param>
/// <param name="Reason">What, for a person, as a clause without a full stop.</param>
public sealed record WireProblem(string Field, string Reason);
