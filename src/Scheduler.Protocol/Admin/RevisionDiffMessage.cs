using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>What a revision changed.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Previous">The revision that it is compared with; 0 for the first one, which is compared with nothing.</param>
/// <param name="At">When.</param>
/// <param name="Author">Who: the name of the key, or <c>scheduler</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Kind">What it changed; as in <see cref="RevisionMessage"/>.</param>
/// <param name="Changes">Every difference.</param>
public sealed record RevisionDiffMessage(
    long Revision, long Previous, DateTimeOffset At, string Author, string Reason, string Kind, ImmutableArray<ChangeMessage> Changes);
