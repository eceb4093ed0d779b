namespace Scheduler.Protocol.Admin;

/// <summary>One node of the chosen site as a decision saw it.</summary>
/// <param name="Node">Its id.</param>
/// <param name="Rank">Its rank among the candidates, from 1; absent when it is none.</param>
/// <param name="Verdict">
/// <c>chosen</c>, <c>fallback</c>, <c>later_by_hash</c>, <c>beyond_bound</c>, <c>no_room</c>, <c>not_serving</c>, <c>unsuited</c>, <c>excluded</c>.
/// </param>
/// <param name="HashKey">Its key under the hash of the stream: the least is asked first.</param>
/// <param name="Utilisation">Load over capacity with this session on it.</param>
/// <param name="RoomBps">Escrow left for this replica.</param>
/// <param name="State">Its standing, as in <see cref="NodeMessage"/>.</param>
/// <param name="Freshness"><c>fresh</c>, <c>suspect</c>, <c>silent</c> or <c>unheard</c>.</param>
public sealed record ExplainedNodeMessage(
    string Node, int? Rank, string Verdict, double HashKey, double Utilisation, long RoomBps, string State, string Freshness);
