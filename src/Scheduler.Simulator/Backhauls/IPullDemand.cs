namespace Scheduler.Simulator.Backhauls;

/// <summary>Is told by the nodes what their viewers need, and tells what they pull.</summary>
internal interface IPullDemand
{
    /// <summary>The first viewer of a stream has come to a node, or the last has left it.</summary>
    void Watch(int node, int stream, bool watched);

    /// <summary>What a node reports of pulls and publishers.</summary>
    PullReport ReportOf(int node);

    /// <summary>A node died: what was pulled from it is pulled no longer.</summary>
    void NodeDied(int node);
}
