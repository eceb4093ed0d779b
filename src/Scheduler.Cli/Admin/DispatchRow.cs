using Scheduler.Client.Sessions;

namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/dispatch</c>.</summary>
internal sealed record DispatchRow(string? Stream, string? Cell, string? Decision, long? Revision, IReadOnlyList<Candidate>? Candidates);
