namespace Scheduler.Core.Sessions;

/// <summary>What a session weighs and where that is counted, in one word that is swapped at once: held 1 bit, has a cell 1, slot 6, cell 24, kbit/s 32.</summary>
/// <param name="Bits">The word; 0 for a session that has ended.</param>
internal readonly record struct SessionDemand(long Bits)
{
    private const int CellShift = 32;
    private const int SlotShift = 56;
    private const long SlotMask = SessionTable.MaxSlots - 1;
    private const long CellMask = SessionTable.MaxCells - 1;
    private const long WithCell = 1L << 62;
    private const long Held = 1L << 63;

    /// <summary>Its weight, kbit/s, as in a token.</summary>
    public int Kbps => (int)(Bits & 0xFFFF_FFFF);

    /// <summary>True when its cell is one of those that are counted.</summary>
    public bool HasCell => (Bits & WithCell) != 0;

    /// <summary>Permanent number of its cell.</summary>
    public int Cell => (int)(Bits >> CellShift & CellMask);

    /// <summary>Slot of its class.</summary>
    public int Slot => (int)(Bits >> SlotShift & SlotMask);

    /// <summary>Makes the word. A cell of too high a number is counted nowhere.</summary>
    public static SessionDemand Of(int kbps, int cell, int slot) => (uint)cell < SessionTable.MaxCells
        ? new(Held | WithCell | (long)slot << SlotShift | (long)cell << CellShift | (uint)kbps)
        : new(Held | (uint)kbps);

    /// <summary>The same, counted with another class.</summary>
    public SessionDemand In(int slot) => new((Bits & ~(SlotMask << SlotShift)) | (long)slot << SlotShift);
}
