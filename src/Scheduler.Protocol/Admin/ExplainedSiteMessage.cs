namespace Scheduler.Protocol.Admin;

/// <summary>One site as a decision saw it.</summary>
/// <param name="Site">Its id.</param>
/// <param name="Rank">Rank of its first candidate, from 1; absent when it gave none.</param>
/// <param name="Verdict">
/// <c>chosen</c>, <c>fallback</c>, <c>dearer</c>, <c>near_equal</c>, <c>explored</c>, <c>stayed</c>, <c>not_serving</c>, <c>protocol</c>, <c>no_room</c>,
/// <c>no_node</c>.
/// </param>
/// <param name="Why">The verdict in words.</param>
/// <param name="Near">True for a site of the viewer's row; false for one that was found when the whole world was asked.</param>
/// <param name="ScoreMs">What it was compared by, ms-equivalents; the less the better.</param>
/// <param name="DearerMs">How much more that is than the chosen site's; 0 for that one, below 0 for one that was passed over.</param>
/// <param name="Terms">What the score is made of.</param>
/// <param name="RoomBps">Escrow left for this replica.</param>
/// <param name="Utilisation">Load over capacity, as the price sees it.</param>
/// <param name="State">The best standing of its nodes, as in <see cref="NodeMessage"/>.</param>
/// <param name="Freshness">Of the node that was heard last: <c>fresh</c>, <c>suspect</c>, <c>silent</c> or <c>unheard</c>.</param>
public sealed record ExplainedSiteMessage(
    string Site,
    int? Rank,
    string Verdict,
    string Why,
    bool Near,
    double ScoreMs,
    double DearerMs,
    ExplainedTermsMessage Terms,
    long RoomBps,
    double Utilisation,
    string State,
    string Freshness);
