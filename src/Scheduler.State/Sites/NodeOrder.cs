namespace Scheduler.State.Sites;

/// <summary>What operators have ordered of a node.</summary>
/// <param name="Drained">A drain holds for it.</param>
/// <param name="InService">False when an operator took it out of service.</param>
/// <param name="Weight">Share of its free capacity that may be handed out, in (0, 1].</param>
public sealed record NodeOrder(bool Drained, bool InService, double Weight)
{
    /// <summary>In service, whole.</summary>
    public static NodeOrder None { get; } = new(false, true, 1);

    /// <summary>True when new sessions may go there as far as operators are concerned.</summary>
    public bool Open => !Drained && InService;
}
