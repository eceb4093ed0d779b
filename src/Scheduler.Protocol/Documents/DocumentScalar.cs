namespace Scheduler.Protocol.Documents;

/// <summary>A value without parts.</summary>
internal sealed class DocumentScalar(DocumentPosition position, DocumentScalarKind kind, string text) : DocumentValue(position)
{
    public DocumentScalarKind Kind { get; } = kind;

    /// <summary>The text as written, escapes resolved.</summary>
    public string Text { get; } = text;
}
