namespace Scheduler.Storage.Sql;

/// <summary>
/// What a transaction writes that must not change between its reading and its writing: of those with the same turn one runs after the other, over all processes. Names rows
/// of <c>turns</c>, in lower case.
/// </summary>
internal enum WriteTurn
{
    /// <summary>Nothing: its statements are each complete in themselves.</summary>
    None = 0,

    /// <summary>The newest revision.</summary>
    Revisions = 1,

    /// <summary>The last number given.</summary>
    Numbers = 2,

    /// <summary>The newest secret.</summary>
    Secrets = 3,

    /// <summary>Which replica has which number.</summary>
    Members = 4,
}
