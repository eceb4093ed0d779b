namespace Scheduler.Server.Hosting;

/// <summary>The server cannot start as it is configured; the message tells the operator what to change.</summary>
/// <param name="message">What is wrong, and the next step.</param>
public sealed class StartupException(string message) : Exception(message);
