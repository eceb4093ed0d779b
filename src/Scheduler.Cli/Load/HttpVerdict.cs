namespace Scheduler.Cli.Load;

/// <summary>How far the reading of a response got.</summary>
internal enum HttpVerdict
{
    /// <summary>More bytes are to come.</summary>
    Incomplete,

    /// <summary>The response is all there.</summary>
    Complete,

    /// <summary>This is no HTTP/1.1 response that we understand.</summary>
    Malformed,
}
