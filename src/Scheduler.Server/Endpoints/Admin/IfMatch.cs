using System.Collections.Immutable;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>An If-Match header that was read.</summary>
/// <param name="Form">What it asks for.</param>
/// <param name="Revisions">The revisions that it names; may be empty when it names tags that are none of ours.</param>
internal sealed record IfMatch(IfMatchForm Form, ImmutableArray<long> Revisions)
{
    /// <summary>The revision that a change must build upon; null when any will do.</summary>
    /// <param name="newest">The newest revision that is known here: taken when it is one of several named ones.</param>
    /// <param name="expected">The revision.</param>
    /// <returns>False when no revision could ever match.</returns>
    public bool TryChoose(long newest, out long? expected)
    {
        expected = null;
        if (Form != IfMatchForm.Revisions) return true;
        if (Revisions.IsEmpty) return false;
        expected = Revisions.Contains(newest) ? newest : Revisions[0];
        return true;
    }
}
