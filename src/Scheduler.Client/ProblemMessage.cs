namespace Scheduler.Client;

/// <summary>Problem details as they are on the wire.</summary>
internal sealed record ProblemMessage(string? Type, string? Title, string? Detail, IReadOnlyList<ProblemMessage.FieldMessage>? Errors)
{
    /// <summary>A field at fault, as it is on the wire.</summary>
    internal sealed record FieldMessage(string? Field, string? Reason);
}
