namespace Scheduler.State.Sites;

/// <summary>What operators have ordered of a node.</summary>
/// <param name="Admitting">Share of its free capacity that drains leave open, in [0, 1]; 1 without a drain.</param>
/// <param name="InService">False when an operator took it out of service.</param>
/// <param name="Weight">Share of its free capacity that may be handed out, in (0, 1].</param>
public sealed record NodeOrder(double Admitting, bool InService, double Weight)
{
    /// <summary>In service, whole.</summary>
    public static NodeOrder None { get; } = new(1, true, 1);

    /// <summary>True when a drain has closed it.</summary>
    public bool Drained => Admitting <= 0;

    /// <summary>True when new sessions may go there as far as operators are concerned.</summary>
    public bool Open => !Drained && InService;

    /// <summary>Share of its free capacity that is open, weight and slow start aside, in [0, 1].</summary>
    internal double Opening => InService ? Admitting : 0;
}
