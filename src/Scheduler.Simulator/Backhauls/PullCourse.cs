using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Backhauls;

/// <summary>How the pulls and publishers of a draining IDC leave it.</summary>
/// <param name="fault">What the scenario says of the drain.</param>
/// <param name="site">The IDC.</param>
/// <param name="publishers">Publishers who send to it as the drain begins.</param>
/// <param name="movesBefore">Times that a publisher was moved before.</param>
internal sealed class PullCourse(Fault fault, int site, int publishers, int movesBefore)
{
    private int _left;
    private int _first;
    private bool _seen;
    private int _moves;
    private double _pulls, _fewest;
    private int? _pullsLeftS, _publishersLeftS;

    /// <summary>The IDC.</summary>
    public int Site => site;

    /// <summary>A second's feeds are about to be told.</summary>
    public void Begin() => _left = 0;

    /// <summary>A stream at a node, and the site that it is pulled from.</summary>
    public void See(Feed feed, int? from)
    {
        if (from == site && feed.Way is not null) _left++;
    }

    /// <summary>A second is over.</summary>
    /// <param name="second">Which.</param>
    /// <param name="pulls">Pulls over links.</param>
    /// <param name="fewest">The fewest that would do; 0 when they were not counted in this second.</param>
    /// <param name="moves">Times that a publisher was moved so far.</param>
    /// <param name="publishersLeft">Publishers who still send to the IDC.</param>
    public void Second(int second, int pulls, int fewest, int moves, int publishersLeft)
    {
        int since = second + 1 - (int)fault.AtS;
        if (!_seen) (_seen, _first) = (true, _left);
        if (publishersLeft == 0) _publishersLeftS ??= since;
        if (_left == 0) _pullsLeftS ??= since;
        if (_pullsLeftS is null || _publishersLeftS is null) _moves = moves - movesBefore;
        if (_pullsLeftS is not null || fewest == 0) return;
        _pulls += pulls;
        _fewest += fewest;
    }

    /// <summary>What became of it.</summary>
    public PullDrainResult Result() => new(
        fault, publishers, publishers > 0 ? (double)_moves / publishers : null, _first, _publishersLeftS, _pullsLeftS, _fewest > 0 ? _pulls / _fewest : null);
}
