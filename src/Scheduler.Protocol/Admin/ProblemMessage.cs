using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>An error, as RFC 9457 problem details.</summary>
/// <param name="Type">Relative reference that names the kind of error for programs, such as <c>/problems/drain-exists</c>.</param>
/// <param name="Title">The kind of error for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Errors">Fields at fault, every one; absent when no field is.</param>
/// <param name="Existing">Id of what stands in the way; absent when nothing of that kind does.</param>
/// <param name="Revision">The newest revision, where the request had seen another; else absent.</param>
/// <param name="Preview">What the drain would do, where a guard refuses it and there is a plan to tell by; else absent.</param>
public sealed record ProblemMessage(
    string Type,
    string Title,
    int Status,
    string Detail,
    ImmutableArray<ProblemFieldMessage>? Errors = null,
    string? Existing = null,
    long? Revision = null,
    DrainPreviewMessage? Preview = null);
