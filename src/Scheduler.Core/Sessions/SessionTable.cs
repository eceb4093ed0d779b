using System.Runtime.CompilerServices;

namespace Scheduler.Core.Sessions;

/// <summary>
/// The sessions that this replica owns, 32 bytes each, without locks: a session's whole state is one 64-bit word that every change swaps at
/// once, so opening, beating, moving, closing and expiring may race, and each session is still counted exactly once.
/// </summary>
/// <remarks>
/// A handle names a place and the place's generation, so a token of an ended session never reaches the session that follows it there. Word:
/// live 1 bit, node 17, deadline 26 (seconds since the table began, two years), generation 20. A second word says where the session's demand is counted;
/// whoever swaps it moves exactly what it says, so a class may change while the session ends and no counter is ever off.
/// </remarks>
public sealed class SessionTable
{
    /// <summary>Most sessions one replica can own.</summary>
    public const int MaxCapacity = 1 << 26;

    /// <summary>Cells whose demand is counted: those of a lower permanent number.</summary>
    public const int MaxCells = 1 << 24;

    /// <summary>Slots by which the demand of classes of streams is told apart; slot 0 is that of all streams that are not.</summary>
    public const int MaxSlots = 64;

    private const int ChunkBits = 16;
    private const int CellChunkBits = 12;
    private const int GenerationBits = 20;
    private const int DeadlineBits = 26;
    private const int NodeShift = GenerationBits + DeadlineBits;
    private const long GenerationMask = (1L << GenerationBits) - 1;
    private const long DeadlineMask = (1L << DeadlineBits) - 1;
    private const long NodeMask = Capacity.LiveLoad.MaxNodes - 1;
    private const long Live = 1L << 63;
    private const int CellMask = (1 << CellChunkBits) - 1;

    private struct Place
    {
        public long Word;
        public long Demand; // see SessionDemand; 0: ended
        public int NextFree; // place + 1; 0 ends the list
        public int MovedAt;  // seconds since the table began, plus one; 0: never; below 0: asked to go to node -MovedAt - 1
        public int FailedAt; // likewise, never below 0
        public int MeasuredAt; // likewise
    }

    private readonly Place[]?[] _chunks;
    private readonly NodeSessions[] _nodes = new NodeSessions[Capacity.LiveLoad.MaxNodes];
    private readonly long[]?[]?[] _slots = new long[]?[]?[MaxSlots]; // by slot, then chunk of cells; slot 0 holds the sum of all slots
    private readonly int _capacity;
    private readonly ushort _boot;
    private readonly long _startS;
    private long _free;      // tag << 32 | place + 1: the tag defeats ABA
    private int _used;       // places ever handed out
    private long _count;

    /// <summary>
    /// A number for the table of a start: another than that of any start that was a quarter of a second to four hours earlier, so that no token that still holds can
    /// name a place of a table that it was not given by. By chance one start in 65,536 would take all handles of the one before for its own.
    /// </summary>
    /// <param name="unixMs">When it starts, Unix time, ms.</param>
    public static ushort BootAt(long unixMs) => unchecked((ushort)(unixMs / 250));

    /// <summary>An empty table.</summary>
    /// <param name="capacity">Most sessions at once, in [1, <see cref="MaxCapacity"/>]; memory is taken as it fills.</param>
    /// <param name="boot"><see cref="BootAt"/>: handles of another start are not ours.</param>
    /// <param name="nowS">Now, s, by a clock that never steps back; all later times are by the same one.</param>
    public SessionTable(int capacity, ushort boot, long nowS)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        _capacity = capacity;
        _boot = boot;
        _startS = nowS;
        _chunks = new Place[]?[(capacity + (1 << ChunkBits) - 1) >> ChunkBits];
    }

    /// <summary>Sessions that live now.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Live sessions of a node and what they weigh, by node index.</summary>
    public NodeSessions Node(int node) => new() { Count = Volatile.Read(ref _nodes[node].Count), Kbps = Volatile.Read(ref _nodes[node].Kbps) };

    /// <summary>What the live sessions of a cell weigh, kbit/s: its demand as this replica knows it.</summary>
    /// <param name="cell">Permanent number of the cell.</param>
    public long CellKbps(int cell) => Counted(0, cell);

    /// <summary>What of <see cref="CellKbps"/> is of one class of streams, kbit/s.</summary>
    /// <param name="cell">Permanent number of the cell.</param>
    /// <param name="slot">Slot of the class, in [1, <see cref="MaxSlots"/>).</param>
    public long ClassKbps(int cell, int slot) => Counted(slot, cell);

    /// <summary>True when the handle was given by this start of this replica.</summary>
    public bool IsOurs(ulong handle) => (ushort)(handle >> 48) == _boot;

    /// <summary>True while the session lives.</summary>
    public bool IsLive(ulong handle) => TryFind(handle, out int place) && IsLive(Volatile.Read(ref At(place).Word), handle);

    /// <summary>Opens a session.</summary>
    /// <param name="node">Index of its node.</param>
    /// <param name="cell">Permanent number of its viewer's cell.</param>
    /// <param name="kbps">Its weight, kbit/s.</param>
    /// <param name="deadlineS">Second from which it has expired.</param>
    /// <param name="handle">Where it lives; goes into its token.</param>
    /// <param name="slot">Slot of its stream's class, in [0, <see cref="MaxSlots"/>).</param>
    /// <returns>False when the table is full; nothing changed then.</returns>
    public bool TryOpen(int node, int cell, long kbps, long deadlineS, out ulong handle, int slot = 0)
    {
        handle = 0;
        if (!TryTakePlace(out int place)) return false;
        ref Place p = ref At(place);
        long generation = p.Word & GenerationMask;
        var demand = SessionDemand.Of(checked((int)kbps), cell, slot);
        p.MovedAt = 0;
        p.FailedAt = 0;
        p.MeasuredAt = 0;
        CountAt(node, 1, kbps); // before it can be seen: who ends it at once must find it counted
        Interlocked.Increment(ref _count);
        CountDemand(demand, 1);
        Volatile.Write(ref p.Demand, demand.Bits);
        Volatile.Write(ref p.Word, Word(node, deadlineS, generation));
        handle = Handle(place, generation);
        return true;
    }

    /// <summary>Renews a session's deadline.</summary>
    /// <param name="handle">The session.</param>
    /// <param name="deadlineS">New deadline, s; an earlier one than it has is passed over.</param>
    /// <param name="node">Index of the node that holds it.</param>
    /// <returns>False when the session has ended.</returns>
    public bool TryBeat(ulong handle, long deadlineS, out int node) => TryBeat(handle, deadlineS, out node, out _);

    /// <inheritdoc cref="TryBeat(ulong, long, out int)"/>
    /// <param name="handle">The session.</param>
    /// <param name="deadlineS">New deadline, s; an earlier one than it has is passed over.</param>
    /// <param name="node">Index of the node that holds it.</param>
    /// <param name="longerS">By how much its deadline was put off, s: all beats of a session together by the time from its opening to its last beat, however often one is repeated.</param>
    public bool TryBeat(ulong handle, long deadlineS, out int node, out long longerS)
    {
        (node, longerS) = (0, 0);
        if (!TryFind(handle, out int place)) return false;
        ref Place p = ref At(place);
        while (true)
        {
            long word = Volatile.Read(ref p.Word);
            if (!IsLive(word, handle)) return false;
            node = NodeOf(word);
            long renewed = Word(node, Math.Max(deadlineS, DeadlineOf(word)), word & GenerationMask);
            if (renewed != word && Interlocked.CompareExchange(ref p.Word, renewed, word) != word) continue;
            longerS = Math.Max(0, deadlineS - DeadlineOf(word));
            return true;
        }
    }

    /// <summary>Finds the node that holds a session, and renews nothing.</summary>
    /// <param name="handle">The session.</param>
    /// <param name="node">Index of the node.</param>
    /// <returns>False when the session has ended.</returns>
    public bool TryFindNode(ulong handle, out int node)
    {
        node = 0;
        if (!TryFind(handle, out int place)) return false;
        long word = Volatile.Read(ref At(place).Word);
        node = NodeOf(word);
        return IsLive(word, handle);
    }

    /// <summary>Counts a session's demand with another class from now on: policies change while sessions last.</summary>
    /// <param name="handle">The session; one that has ended is passed over.</param>
    /// <param name="slot">Slot of the class that its stream is of now, in [0, <see cref="MaxSlots"/>).</param>
    public void Classify(ulong handle, int slot)
    {
        if (!TryFind(handle, out int place)) return;
        ref Place p = ref At(place);
        var before = new SessionDemand(Volatile.Read(ref p.Demand));
        if (!before.HasCell || before.Slot == slot || !IsLive(handle)) return;
        // Should the place have another session by now that counts exactly like this one, that one is moved: no sum is off, and its own beat moves it back.
        SessionDemand after = before.In(slot);
        if (slot != 0) AddTo(slot, before.Cell, before.Kbps); // counted at both for a moment, never at neither
        bool moved = Interlocked.CompareExchange(ref p.Demand, after.Bits, before.Bits) == before.Bits;
        int left = moved ? before.Slot : slot;
        if (left != 0) AddTo(left, before.Cell, -before.Kbps);
    }

    /// <summary>Moves a session from one node to another.</summary>
    /// <param name="handle">The session.</param>
    /// <param name="from">Index of the node it must be on.</param>
    /// <param name="to">Index of the node it goes to.</param>
    /// <param name="nowS">Now, s, by the clock that the table began by.</param>
    /// <returns>False when it has ended or is elsewhere; nothing changed then.</returns>
    public bool TryMove(ulong handle, int from, int to, long nowS)
    {
        if (!TryFind(handle, out int place)) return false;
        ref Place p = ref At(place);
        while (true)
        {
            long word = Volatile.Read(ref p.Word);
            if (!IsLive(word, handle) || NodeOf(word) != from) return false;
            // Counted at both for a moment, never at neither: another thread may move it on as soon as the word is swapped.
            long kbps = new SessionDemand(Volatile.Read(ref p.Demand)).Kbps;
            CountAt(to, 1, kbps);
            bool moved = Interlocked.CompareExchange(ref p.Word, Word(to, DeadlineOf(word), word & GenerationMask), word) == word;
            CountAt(moved ? from : to, -1, -kbps);
            if (!moved) continue;
            Volatile.Write(ref p.MovedAt, (int)(nowS - _startS) + 1);
            return true;
        }
    }

    /// <summary>
    /// Notes that a session was asked to go to another node. It stays where it is until <see cref="TryTakeUp"/>: the answer that asks may be lost, and then the
    /// viewer still plays from the old one.
    /// </summary>
    /// <param name="handle">The session.</param>
    /// <param name="from">Index of the node it must be on.</param>
    /// <param name="to">Index of the node it is to go to.</param>
    /// <returns>False when it has ended or is elsewhere.</returns>
    public bool TryOffer(ulong handle, int from, int to)
    {
        if (!TryFind(handle, out int place)) return false;
        long word = Volatile.Read(ref At(place).Word);
        if (!IsLive(word, handle) || NodeOf(word) != from) return false;
        Volatile.Write(ref At(place).MovedAt, -to - 1);
        return true;
    }

    /// <summary>True while a session has been asked to go to another node and has not shown that it went.</summary>
    /// <param name="handle">The session.</param>
    public bool IsAsked(ulong handle) => TryFind(handle, out int place) && Volatile.Read(ref At(place).MovedAt) < 0;

    /// <summary>Moves a session that shows that it has gone where it was asked to.</summary>
    /// <param name="handle">The session.</param>
    /// <param name="from">Index of the node it must be on.</param>
    /// <param name="to">Index of the node it must have been asked to go to.</param>
    /// <param name="nowS">Now, s, by the clock that the table began by.</param>
    /// <returns>False when it has ended, is elsewhere, or was not asked; nothing changed then.</returns>
    public bool TryTakeUp(ulong handle, int from, int to, long nowS) =>
        TryFind(handle, out int place) && Volatile.Read(ref At(place).MovedAt) == -to - 1 && TryMove(handle, from, to, nowS);

    /// <summary>When a session last moved, s, by the clock that the table began by; null when it has not, or has been asked to since.</summary>
    /// <param name="handle">The session.</param>
    public long? MovedAtS(ulong handle) =>
        TryFind(handle, out int place) && IsLive(handle) && Volatile.Read(ref At(place).MovedAt) is > 0 and int moved ? moved - 1 + _startS : null;

    /// <summary>Notes that a session's node failed it.</summary>
    /// <param name="handle">The session.</param>
    /// <param name="nowS">Now, s, by the clock that the table began by.</param>
    /// <param name="apartS">Least time between two failures of one session that both count, s.</param>
    /// <returns>False when the session has ended, or when a failure of it was noted less than <paramref name="apartS"/> ago.</returns>
    public bool TryMarkFailed(ulong handle, long nowS, long apartS) =>
        TryFind(handle, out int place) && IsLive(handle) && TryMark(ref At(place).FailedAt, nowS, apartS);

    /// <summary>Notes that a session's player told a round-trip time.</summary>
    /// <param name="handle">The session.</param>
    /// <param name="nowS">Now, s, by the clock that the table began by.</param>
    /// <param name="apartS">Least time between two samples of one session that both count, s.</param>
    /// <returns>False when the session has ended, or when a sample of it was noted less than <paramref name="apartS"/> ago.</returns>
    public bool TryMarkMeasured(ulong handle, long nowS, long apartS) =>
        TryFind(handle, out int place) && IsLive(handle) && TryMark(ref At(place).MeasuredAt, nowS, apartS);

    /// <summary>Ends a session.</summary>
    /// <param name="handle">The session.</param>
    /// <param name="node">Index of the node that held it.</param>
    /// <returns>False when it had ended already.</returns>
    public bool TryClose(ulong handle, out int node)
    {
        node = 0;
        if (!TryFind(handle, out int place)) return false;
        while (true)
        {
            long word = Volatile.Read(ref At(place).Word);
            if (!IsLive(word, handle)) return false;
            if (!TryEnd(place, word)) continue;
            node = NodeOf(word);
            return true;
        }
    }

    /// <summary>Ends the sessions of a range of places whose deadline has come.</summary>
    /// <param name="nowS">Now, s, by the clock that the table began by.</param>
    /// <param name="from">First place.</param>
    /// <param name="count">Places to look at.</param>
    /// <returns>Sessions that ended.</returns>
    public int Expire(long nowS, int from, int count)
    {
        int ended = 0;
        int until = Math.Min(Math.Min(Volatile.Read(ref _used), _capacity), from + count);
        for (int place = from; place < until; place++)
        {
            if (_chunks[place >> ChunkBits] is null) continue;
            long word = Volatile.Read(ref At(place).Word);
            if (word < 0 && DeadlineOf(word) <= nowS && TryEnd(place, word)) ended++; // a beat in between changes the word, and wins
        }
        return ended;
    }

    /// <summary>Places that were ever used: the range that <see cref="Expire"/> has to walk.</summary>
    public int UsedPlaces => Math.Min(Volatile.Read(ref _used), _capacity);

    private bool TryMark(ref int markedAt, long nowS, long apartS)
    {
        int before = Volatile.Read(ref markedAt), now = (int)(nowS - _startS) + 1;
        if (before != 0 && now - before < apartS) return false;
        return Interlocked.CompareExchange(ref markedAt, now, before) == before;
    }

    private bool TryEnd(int place, long word)
    {
        ref Place p = ref At(place);
        if (Interlocked.CompareExchange(ref p.Word, ((word & GenerationMask) + 1) & GenerationMask, word) != word) return false;
        var demand = new SessionDemand(Interlocked.Exchange(ref p.Demand, 0)); // the place is still ours: nobody opens in it before it is given back
        CountAt(NodeOf(word), -1, -demand.Kbps);
        Interlocked.Decrement(ref _count);
        CountDemand(demand, -1);
        GiveBack(place);
        return true;
    }

    private bool TryTakePlace(out int place)
    {
        while (true)
        {
            long head = Volatile.Read(ref _free);
            place = (int)(head & 0xFFFF_FFFF) - 1;
            if (place < 0) break;
            long next = ((head >> 32) + 1) << 32 | (uint)Volatile.Read(ref At(place).NextFree);
            if (Interlocked.CompareExchange(ref _free, next, head) == head) return true;
        }
        place = Interlocked.Increment(ref _used) - 1;
        if (place >= _capacity || place < 0)
        {
            Interlocked.Decrement(ref _used);
            return false;
        }
        int chunk = place >> ChunkBits;
        if (Volatile.Read(ref _chunks[chunk]) is null) Interlocked.CompareExchange(ref _chunks[chunk], new Place[1 << ChunkBits], null);
        return true;
    }

    private void GiveBack(int place)
    {
        ref Place p = ref At(place);
        while (true)
        {
            long head = Volatile.Read(ref _free);
            Volatile.Write(ref p.NextFree, (int)(head & 0xFFFF_FFFF));
            if (Interlocked.CompareExchange(ref _free, ((head >> 32) + 1) << 32 | (uint)(place + 1), head) == head) return;
        }
    }

    private bool TryFind(ulong handle, out int place)
    {
        place = (int)(handle >> GenerationBits & 0xFFF_FFFF);
        return IsOurs(handle) && place < UsedPlaces && _chunks[place >> ChunkBits] is not null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Place At(int place) => ref _chunks[place >> ChunkBits]![place & ((1 << ChunkBits) - 1)];

    private ulong Handle(int place, long generation) => (ulong)_boot << 48 | (ulong)place << GenerationBits | (ulong)generation;

    private long Word(int node, long deadlineS, long generation) =>
        Live | (long)node << NodeShift | Math.Clamp(deadlineS - _startS, 0, DeadlineMask) << GenerationBits | generation;

    private long DeadlineOf(long word) => (word >> GenerationBits & DeadlineMask) + _startS;

    private static int NodeOf(long word) => (int)(word >> NodeShift & NodeMask);

    private static bool IsLive(long word, ulong handle) => word < 0 && (word & GenerationMask) == (long)(handle & (ulong)GenerationMask);

    private long Counted(int slot, int cell) =>
        (uint)cell < MaxCells && Volatile.Read(ref _slots[slot]) is { } chunks && Volatile.Read(ref chunks[cell >> CellChunkBits]) is { } chunk
            ? Volatile.Read(ref chunk[cell & CellMask]) : 0;

    private void CountDemand(SessionDemand demand, int sign)
    {
        if (!demand.HasCell) return;
        AddTo(0, demand.Cell, sign * demand.Kbps);
        if (demand.Slot != 0) AddTo(demand.Slot, demand.Cell, sign * demand.Kbps);
    }

    private void AddTo(int slot, int cell, long kbps)
    {
        ref long[]?[]? chunks = ref _slots[slot];
        if (Volatile.Read(ref chunks) is null) Interlocked.CompareExchange(ref chunks, new long[MaxCells >> CellChunkBits][], null);
        ref long[]? chunk = ref chunks![cell >> CellChunkBits];
        if (Volatile.Read(ref chunk) is null) Interlocked.CompareExchange(ref chunk, new long[1 << CellChunkBits], null);
        Interlocked.Add(ref chunk![cell & CellMask], kbps);
    }

    private void CountAt(int node, int sessions, long kbps)
    {
        Interlocked.Add(ref _nodes[node].Count, sessions);
        Interlocked.Add(ref _nodes[node].Kbps, kbps);
    }
}
