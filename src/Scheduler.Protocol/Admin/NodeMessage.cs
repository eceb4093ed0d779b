namespace Scheduler.Protocol.Admin;

/// <summary>A node, live.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Site">Id of its site.</param>
/// <param name="Number">Its permanent number, which tickets carry.</param>
/// <param name="Host">Name that players connect to.</param>
/// <param name="State">
/// Its standing: <c>eligible</c>, <c>drained</c>, <c>out_of_service</c>, <c>down</c>, <c>node_draining</c>, <c>silent</c>, <c>unheard</c>,
/// <c>ejected</c>.
/// </param>
/// <param name="InService">False when an operator took it out of service.</param>
/// <param name="Weight">Share of its free capacity that may be handed out.</param>
/// <param name="SlowStart">Share that slow start opens, in (0, 1].</param>
/// <param name="DeclaredBps">Capacity in the fleet.</param>
/// <param name="CapacityBps">What it can carry by its last report; absent before the first.</param>
/// <param name="LoadBps">What it carries: reported egress and what was assigned since.</param>
/// <param name="RoomBps">What may still be assigned to it before its next report.</param>
/// <param name="Sessions">Live sessions of this replica.</param>
/// <param name="ReportedSessions">Viewers by its last report; absent before the first.</param>
/// <param name="LastReportMsAgo">Age of its last report, ms; absent before the first.</param>
/// <param name="Roles">What it does.</param>
/// <param name="Protocols">What it speaks.</param>
public sealed record NodeMessage(
    string Id,
    string Site,
    int Number,
    string Host,
    string State,
    bool InService,
    double Weight,
    double SlowStart,
    long DeclaredBps,
    long? CapacityBps,
    long LoadBps,
    long RoomBps,
    long Sessions,
    int? ReportedSessions,
    long? LastReportMsAgo,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Protocols);
