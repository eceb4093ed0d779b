using System.Text;
using Scheduler.Core.Sessions;

namespace Scheduler.Cli.Load;

/// <summary>Numbers for names: the first name gets 0, the next new one 1. Looking up the bytes of a known name allocates nothing.</summary>
/// <param name="capacity">Most names it takes; at least 1.</param>
internal sealed class NameTable(int capacity)
{
    private readonly List<byte[]> _names = [];
    private int[] _slots = new int[64]; // 1 + number; 0 for an empty slot. At most half of them are in use.

    /// <summary>Names so far.</summary>
    public int Count => _names.Count;

    /// <summary>The name of a number.</summary>
    public string this[int number] => Encoding.UTF8.GetString(_names[number]);

    /// <summary>The number of a name, a new one when it is new.</summary>
    /// <returns>False when the table is full and does not know the name.</returns>
    public bool TryNumber(ReadOnlySpan<byte> name, out int number)
    {
        int slot = Find(name);
        if (_slots[slot] != 0)
        {
            number = _slots[slot] - 1;
            return true;
        }
        number = _names.Count;
        if (number >= capacity) return false;
        _names.Add(name.ToArray());
        _slots[slot] = number + 1;
        if (_names.Count * 2 > _slots.Length) Grow();
        return true;
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        int mask = _slots.Length - 1;
        int slot = (int)StreamName.Hash(name) & mask;
        while (_slots[slot] != 0 && !name.SequenceEqual(_names[_slots[slot] - 1])) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int i = 0; i < _names.Count; i++) _slots[Find(_names[i])] = i + 1;
    }
}
