namespace Scheduler.Protocol.Admin;

/// <summary>One field at fault.</summary>
/// <param name="Field">Its name or path, such as <c>sites[3].upstreams[0]</c>; a header's name where a header is at fault.</param>
/// <param name="Reason">What is wrong and what would be right.</param>
/// <param name="Line">Line in the document, from 1; absent where the request is no document.</param>
/// <param name="Column">Column in the line, from 1; absent where the request is no document.</param>
public sealed record ProblemFieldMessage(string Field, string Reason, int? Line = null, int? Column = null);
