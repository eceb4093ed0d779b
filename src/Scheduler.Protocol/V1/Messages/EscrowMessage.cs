namespace Scheduler.Protocol.V1.Messages;

/// <summary>How replicas share what is free.</summary>
/// <param name="Epoch">Number of these weights.</param>
/// <param name="Weights">Weight by number of the replica; they sum to 1.</param>
public sealed record EscrowMessage(long Epoch, IReadOnlyDictionary<string, double> Weights);
