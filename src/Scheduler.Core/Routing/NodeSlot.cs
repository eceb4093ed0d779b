namespace Scheduler.Core.Routing;

/// <summary>A node where its site lists it; 8 bytes, so that what is asked first of a node is read with its index.</summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Route">What the fast side knows of it.</param>
public readonly record struct NodeSlot(int Node, NodeRoute Route);
