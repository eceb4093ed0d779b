using System.Collections.Concurrent;
using Scheduler.Core.Sessions;

namespace Scheduler.State.Sessions;

/// <summary>
/// Sessions that an earlier start opened and this one took over: identity to handle, so that each is taken over once. An ended one is remembered
/// while a token of the earlier start may still hold, or a late beat with it would open the session anew.
/// </summary>
/// <param name="table">Where sessions live.</param>
/// <param name="longestTokenS">Longest time for which a token holds, s.</param>
internal sealed class Adoptions(SessionTable table, long longestTokenS)
{
    private readonly ConcurrentDictionary<ulong, Adopted> _handles = new();
    private readonly Lock _gate = new();

    private readonly record struct Adopted(ulong Handle, long TokensEndS);

    /// <summary>Handle of an adopted session; null when it was not adopted.</summary>
    public ulong? Find(ulong session) => _handles.TryGetValue(session, out Adopted adopted) ? adopted.Handle : null;

    /// <summary>Finds the session's handle, or opens a place for it.</summary>
    /// <returns>False when the table is full.</returns>
    public bool TryAdopt(ulong session, int node, int cell, long kbps, long deadlineS, long nowS, out ulong handle, out bool isNew)
    {
        isNew = false;
        if (Find(session) is { } known)
        {
            handle = known;
            return true;
        }
        lock (_gate)
        {
            if (Find(session) is { } since)
            {
                handle = since;
                return true;
            }
            if (!table.TryOpen(node, cell, kbps, deadlineS, out handle)) return false;
            _handles[session] = new Adopted(handle, nowS + longestTokenS);
            isNew = true;
            return true;
        }
    }

    /// <summary>Forgets sessions that have ended and that no token can name any more.</summary>
    public void Forget(long nowS)
    {
        foreach ((ulong session, Adopted adopted) in _handles)
            if (nowS >= adopted.TokensEndS && !table.IsLive(adopted.Handle)) _handles.TryRemove(session, out _);
    }
}
