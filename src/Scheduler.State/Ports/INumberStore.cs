namespace Scheduler.State.Ports;

/// <summary>Gives names permanent numbers: the same name always gets the same number, and no number is ever given twice.</summary>
public interface INumberStore
{
    /// <summary>Numbers for names, in their order; new names get new numbers, from 1 up.</summary>
    /// <param name="kind">What is numbered: each kind counts for itself.</param>
    /// <param name="names">Names, distinct.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<int[]> NumberAsync(NumberKind kind, IReadOnlyList<string> names, CancellationToken cancellation);
}
