namespace Scheduler.Protocol.Documents;

/// <summary>Values by name, in the order of the document; a name that is given twice is kept twice.</summary>
internal sealed class DocumentMapping(DocumentPosition position) : DocumentValue(position)
{
    public List<DocumentMember> Members { get; } = new(8);
}
