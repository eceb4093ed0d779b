namespace Scheduler.Protocol.Admin;

/// <summary>A site, live.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>idc</c> or <c>pop</c>.</param>
/// <param name="Region">Id of its region.</param>
/// <param name="Place">City.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="State">The best standing of its nodes: <c>eligible</c>, <c>drained</c>, <c>out_of_service</c>, <c>down</c>, <c>silent</c>, …</param>
/// <param name="CapacityBps">What its nodes can carry together, drained and silent ones included.</param>
/// <param name="EffectiveBps">What it may carry now, after drains, weights and slow start.</param>
/// <param name="LoadBps">What it carries: reported egress and what was assigned since.</param>
/// <param name="Utilisation">Load over capacity.</param>
/// <param name="Sessions">Live sessions of this replica.</param>
/// <param name="PriceMs">Marginal price of load, ms-equivalents.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="NodesServing">How many of them may be named.</param>
/// <param name="LastReportMsAgo">Age of its newest report, ms; absent before the first.</param>
/// <param name="Upstreams">Ids of the IDCs that feed it.</param>
/// <param name="Drainable">Whether it could be drained; absent before anybody has looked, and for a site that may carry nothing.</param>
/// <param name="NodeList">Its nodes, where one site was asked for.</param>
public sealed record SiteMessage(
    string Id,
    string Kind,
    string Region,
    string Place,
    string Country,
    double Latitude,
    double Longitude,
    string State,
    long CapacityBps,
    long EffectiveBps,
    long LoadBps,
    double Utilisation,
    long Sessions,
    double PriceMs,
    int Nodes,
    int NodesServing,
    long? LastReportMsAgo,
    IReadOnlyList<string> Upstreams,
    DrainableMessage? Drainable = null,
    IReadOnlyList<NodeMessage>? NodeList = null);
