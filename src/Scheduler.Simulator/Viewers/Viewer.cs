namespace Scheduler.Simulator.Viewers;

/// <summary>One viewer on one stream. Lives in an array; a place is used again under the next generation.</summary>
internal struct Viewer
{
    /// <summary>Grows with each use of the place, so that an event of an earlier viewer is known as such.</summary>
    public int Generation;

    /// <summary>His cell.</summary>
    public int Cell;

    /// <summary>What he watches.</summary>
    public int Stream;

    /// <summary>Tick at which he leaves, served or not.</summary>
    public int EndTick;

    /// <summary>The node that serves him, while he plays.</summary>
    public int Node;

    /// <summary>The node he was sent to, while he connects or moves.</summary>
    public int Target;

    /// <summary>The replica that decides for him.</summary>
    public byte Replica;

    /// <summary>How often he was asked to move while he played.</summary>
    public byte Moves;

    /// <summary>Where he stands.</summary>
    public ViewerState State;

    /// <summary>How often in a row nothing could serve him.</summary>
    public byte Refusals;

    /// <summary>When the place that he was sent to was taken for him, a number of <see cref="Core.Dispatch.AdmissionPeriod"/>; null where it was taken before, or for nobody.</summary>
    public byte? AdmittedIn;

    /// <summary>True once a replica holds a session for him.</summary>
    public bool Held;
}
