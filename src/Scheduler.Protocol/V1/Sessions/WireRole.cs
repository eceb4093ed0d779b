namespace Scheduler.Protocol.V1.Sessions;

/// <summary>What a publisher is to his stream, as <c>role</c> says.</summary>
public enum WireRole
{
    /// <summary><c>primary</c>: what he sends is the stream.</summary>
    Primary = 0,

    /// <summary><c>backup</c>: what he sends becomes the stream when the other publisher stops.</summary>
    Backup = 1,
}
