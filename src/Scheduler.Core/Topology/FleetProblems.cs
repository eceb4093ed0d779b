using System.Collections.Immutable;
using System.Globalization;

namespace Scheduler.Core.Topology;

/// <summary>
/// Collects what is wrong with a fleet. Lists the first <see cref="Limit"/> problems and counts the rest, so that a hostile document
/// costs no more than a careless one.
/// </summary>
public sealed class FleetProblems
{
    /// <summary>Most problems that are listed one by one.</summary>
    public const int Limit = 1_000;

    private readonly ImmutableArray<FleetProblem>.Builder _listed = ImmutableArray.CreateBuilder<FleetProblem>();

    /// <summary>The problems found so far, in the order of finding; at most <see cref="Limit"/>.</summary>
    public IReadOnlyList<FleetProblem> Listed => _listed;

    /// <summary>How many more were found than are listed.</summary>
    public int Omitted { get; private set; }

    /// <summary>Notes one problem.</summary>
    /// <param name="field">Path into the document; empty for the document itself.</param>
    /// <param name="reason">What is wrong and what would be right, one sentence without a full stop.</param>
    public void Add(string field, string reason)
    {
        if (_listed.Count < Limit) _listed.Add(new FleetProblem(field, reason));
        else Omitted++;
    }

    /// <summary>All that is listed, closed by an "and N more" (with an empty field) when some were left off.</summary>
    public ImmutableArray<FleetProblem> ToImmutable() => Omitted == 0
        ? _listed.ToImmutable()
        : [.. _listed, new FleetProblem("", ClosingReason(Omitted))];

    /// <summary>The reason of the closing line of a list that was cut.</summary>
    /// <param name="omitted">How many problems were left off; over 0.</param>
    public static string ClosingReason(int omitted) => string.Create(CultureInfo.InvariantCulture, $"and {omitted:N0} more");
}
