namespace Scheduler.Server.Endpoints.Admin;

/// <summary>One thing that is wrong with a fleet document.</summary>
/// <param name="Field">Path into the document.</param>
/// <param name="Reason">What is wrong and what would be right.</param>
/// <param name="Line">Line, from 1; null where no line can be named.</param>
/// <param name="Column">Column, from 1; null where no line can be named.</param>
public sealed record FleetDocumentFault(string Field, string Reason, int? Line, int? Column);
