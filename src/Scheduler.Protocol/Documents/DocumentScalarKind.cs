namespace Scheduler.Protocol.Documents;

/// <summary>What a scalar was written as.</summary>
internal enum DocumentScalarKind
{
    /// <summary>In quotes: text and nothing else.</summary>
    Text = 0,

    /// <summary>A JSON number.</summary>
    Number = 1,

    /// <summary>A JSON true or false.</summary>
    Boolean = 2,

    /// <summary>Nothing: JSON null; in YAML null, ~ or an empty place.</summary>
    Null = 3,

    /// <summary>
    /// Without quotes in YAML: the field decides what it is. So the country NO is Norway and never "false", and an id of digits is text.
    /// </summary>
    Plain = 4,
}
