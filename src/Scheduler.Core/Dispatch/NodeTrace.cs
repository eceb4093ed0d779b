using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>One node of the chosen site as the decision saw it.</summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Rank">Its rank among the candidates, from 0; null when it is none.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="HashKey">Its key under the stream's hash: the least is asked first.</param>
/// <param name="Utilisation">Load over capacity with this session on it.</param>
/// <param name="RoomKbps">Escrow left; 0 when it is used up.</param>
/// <param name="Standing">Whether it may be named.</param>
public sealed record NodeTrace(
    int Node, int? Rank, NodeVerdict Verdict, float HashKey, double Utilisation, long RoomKbps, Eligibility Standing);
