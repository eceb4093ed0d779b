namespace Scheduler.Storage;

/// <summary>A store does not answer, and may answer later: nothing is said against the address, the credentials or the schema.</summary>
/// <param name="message">One or two sentences for the operator.</param>
/// <param name="inner">The cause; null when there is none.</param>
public sealed class StoreUnreachableException(string message, Exception? inner = null) : StoreException(message, inner);
