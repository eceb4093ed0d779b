namespace Scheduler.Client.Reports;

/// <summary>How the free capacity is shared between the scheduler's replicas.</summary>
/// <param name="Epoch">Number of this sharing; a report echoes it.</param>
/// <param name="Weights">Weight by replica number; null when not said.</param>
public sealed record EscrowWeights(long Epoch, IReadOnlyDictionary<string, double>? Weights);
