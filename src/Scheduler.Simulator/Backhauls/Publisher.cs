namespace Scheduler.Simulator.Backhauls;

/// <summary>Who sends a stream. One who moves sends to both nodes for a while: the new one before the old one is left.</summary>
/// <param name="cell">Where he is, in the map.</param>
/// <param name="entry">The node that he sends to.</param>
internal sealed class Publisher(int cell, int entry)
{
    /// <summary>Where he is, in the map.</summary>
    public int Cell => cell;

    /// <summary>The node that he sends to.</summary>
    public int Entry { get; private set; } = entry;

    /// <summary>The node that he moves to; null while he stays.</summary>
    public int? Next { get; private set; }

    /// <summary>Tick from which on he sends to <see cref="Next"/> as well.</summary>
    public int BothFrom { get; private set; }

    /// <summary>How often he was moved.</summary>
    public int Moves { get; private set; }

    /// <summary>True where the stream arrives.</summary>
    public bool SendsTo(int node, int tick) => node == Entry || (node == Next && tick >= BothFrom);

    /// <summary>He is told to send to another node.</summary>
    public void Begin(int next, int bothFrom) => (Next, BothFrom, Moves) = (next, bothFrom, Moves + 1);

    /// <summary>He leaves the old node.</summary>
    public void End() => (Entry, Next) = (Next ?? Entry, null);
}
