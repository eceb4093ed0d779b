namespace Scheduler.Core.Capacity;

/// <summary>
/// What of a replica's newest admissions a node has begun to serve when it measured: so the replica knows what is still on its way, instead of taking all that is young for it.
/// </summary>
/// <param name="SincePeriod">The oldest admission period that is counted, a number of <see cref="Dispatch.AdmissionPeriod"/>.</param>
/// <param name="Kbps">Weight of the sessions admitted in it or later that were served for the first time, kbit/s; each once, also those that have left again.</param>
public readonly record struct StartedLoad(byte SincePeriod, long Kbps);
