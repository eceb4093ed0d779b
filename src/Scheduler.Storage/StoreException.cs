namespace Scheduler.Storage;

/// <summary>A store cannot be opened, or failed while it was used; the message says why and, where it can, what to do.</summary>
/// <param name="message">One or two sentences for the operator.</param>
/// <param name="inner">The cause; null when there is none.</param>
public class StoreException(string message, Exception? inner = null) : IOException(message, inner);
