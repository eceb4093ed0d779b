namespace Scheduler.State.Ports;

/// <summary>
/// Marks what was made by a request that may be sent again. It is stored with the thing itself, in one transaction, so that a repeated request
/// finds what the first one did even after a crash between the commit and the answer.
/// </summary>
/// <param name="Key">Unique among all requests: caller, operation and the caller's Idempotency-Key; 1 to 400 characters.</param>
/// <param name="BodyHash">SHA-256 of the request's body, hexadecimal: tells a repetition from a key used twice.</param>
public sealed record RequestMark(string Key, string BodyHash);
