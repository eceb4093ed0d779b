namespace Scheduler.Core.Geo;

/// <summary>What a database says of one family: runs without gaps from address 0, neighbours merged, written in ascending order.</summary>
/// <typeparam name="T">What is said of an address; the default is nothing.</typeparam>
/// <param name="end">Last address of the family.</param>
internal sealed class RunList<T>(UInt128 end)
    where T : struct, IEquatable<T>
{
    private readonly List<ValueRun<T>> _runs = [new(0, default)];
    private bool _isFull;

    /// <summary>Runs so far.</summary>
    public int Count => _runs.Count;

    /// <summary>The run at an index under <see cref="Count"/>.</summary>
    public ValueRun<T> this[int index] => _runs[index];

    /// <summary>Last address of the run at an index.</summary>
    public UInt128 LastOf(int index) => index + 1 < _runs.Count ? _runs[index + 1].First - 1 : end;

    /// <summary>Says something of a block of addresses.</summary>
    /// <returns>False when the block does not lie behind all blocks before it; nothing is changed then.</returns>
    public bool TryAppend(UInt128 first, UInt128 last, T value)
    {
        // The list always ends with the run of what follows the last block, so a block must begin at or behind that.
        if (_isFull || first < _runs[^1].First) return false;
        if (first == _runs[^1].First) _runs.RemoveAt(_runs.Count - 1);
        if (_runs.Count == 0 || !_runs[^1].Value.Equals(value)) _runs.Add(new ValueRun<T>(first, value));
        _isFull = last == end;
        if (!_isFull) _runs.Add(new ValueRun<T>(last + 1, default));
        return true;
    }
}
