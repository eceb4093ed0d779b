using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Protocol.Documents;

/// <summary>Collects what is wrong with a document, up to <see cref="FleetProblems.Limit"/>.</summary>
internal sealed class DocumentProblems
{
    private readonly List<DocumentProblem> _listed = [];
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);

    public bool IsEmpty => _listed.Count == 0;

    /// <summary>How many were found and not listed.</summary>
    public int Omitted { get; private set; }

    public void Add(DocumentPosition position, FieldPath path, string reason)
    {
        if (_listed.Count == FleetProblems.Limit) Omitted++;
        else Add(position, path.ToString(), reason);
    }

    public void Add(DocumentPosition position, string field, string reason)
    {
        _listed.Add(new(position.Line, position.Column, field, reason));
        _fields.Add(field);
    }

    /// <summary>Says that what follows about a field would only be noise, because something in it has a problem.</summary>
    public void Silence(FieldPath path) => _fields.Add(path.ToString());

    /// <summary>True when the field, or what holds it, has a problem already: what follows from that would only be noise.</summary>
    public bool Covers(string field)
    {
        for (ReadOnlySpan<char> path = field; ;)
        {
            if (_fields.GetAlternateLookup<ReadOnlySpan<char>>().Contains(path)) return true;
            int end = path.LastIndexOfAny('.', '[');
            if (end < 0) return false;
            path = path[..end];
        }
    }

    /// <summary>Every problem by place, cut at the limit, closed by a count of the rest.</summary>
    public ImmutableArray<DocumentProblem> ToImmutable()
    {
        ImmutableArray<DocumentProblem> sorted = [.. _listed.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
        int omitted = Omitted + Math.Max(0, sorted.Length - FleetProblems.Limit);
        if (omitted == 0) return sorted;
        sorted = sorted[..Math.Min(sorted.Length, FleetProblems.Limit)];
        return sorted.Add(new(sorted[^1].Line, sorted[^1].Column, "", FleetProblems.ClosingReason(omitted)));
    }

    /// <summary>Adds a problem of a field at the field's place, unless it has one already.</summary>
    /// <param name="document">The document.</param>
    /// <param name="field">Path of the field, such as <c>faults[1].at</c>.</param>
    /// <param name="reason">What is wrong.</param>
    public void AddAt(DocumentValue document, string field, string reason)
    {
        if (!Covers(field)) Add(FieldPlace.Find(document, field), field, reason);
    }

    /// <summary>Adds what the validator found, at the places of the fields, unless they have a problem already.</summary>
    /// <param name="found">The validator's problems.</param>
    /// <param name="document">The document.</param>
    public void AddAll(FleetProblems found, DocumentValue document)
    {
        FleetProblem[] news = [.. found.Listed.Where(problem => !Covers(problem.Field))];
        foreach (FleetProblem problem in news) Add(FieldPlace.Find(document, problem.Field), problem.Field, problem.Reason);
        Omitted += found.Omitted;
    }
}
