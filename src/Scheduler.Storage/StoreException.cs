namespace Scheduler.Storage;

/// <summary>A store cannot be used at all; the message says why and what to do.</summary>
/// <param name="message">One or two sentences for the operator.</param>
/// <param name="inner">The cause; null when there is none.</param>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
