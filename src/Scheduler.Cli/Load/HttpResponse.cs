namespace Scheduler.Cli.Load;

/// <summary>What the load generator needs to know of a response.</summary>
/// <param name="Status">Status code, in [100, 599].</param>
/// <param name="BodyStart">Where the body begins in the buffer.</param>
/// <param name="BodyLength">Its length, chunks already joined.</param>
/// <param name="Length">Bytes of the whole response on the wire.</param>
/// <param name="KeepAlive">False when the server is going to close the connection.</param>
/// <param name="RetryAfterS">Seconds that the server asks to wait; null when it does not.</param>
internal readonly record struct HttpResponse(int Status, int BodyStart, int BodyLength, int Length, bool KeepAlive, int? RetryAfterS);
