using System.Collections.Concurrent;
using Scheduler.Core.Sessions;

namespace Scheduler.State.Sessions;

/// <summary>Sessions that an earlier start opened and this one took over: identity to handle, so that each is taken over once.</summary>
internal sealed class Adoptions(SessionTable table)
{
    private readonly ConcurrentDictionary<ulong, ulong> _handles = new();
    private readonly Lock _gate = new();

    /// <summary>Handle of an adopted session; null when it was not adopted.</summary>
    public ulong? Find(ulong session) => _handles.TryGetValue(session, out ulong handle) ? handle : null;

    /// <summary>Finds the session's handle, or opens a place for it.</summary>
    /// <returns>False when the table is full.</returns>
    public bool TryAdopt(ulong session, int node, long kbps, long deadlineS, out ulong handle)
    {
        if (_handles.TryGetValue(session, out handle)) return true;
        lock (_gate)
        {
            if (_handles.TryGetValue(session, out handle)) return true;
            if (!table.TryOpen(node, kbps, deadlineS, out handle)) return false;
            _handles[session] = handle;
            return true;
        }
    }

    /// <summary>Forgets sessions that have ended.</summary>
    public void Forget()
    {
        foreach ((ulong session, ulong handle) in _handles)
            if (!table.IsLive(handle)) _handles.TryRemove(session, out _);
    }
}
