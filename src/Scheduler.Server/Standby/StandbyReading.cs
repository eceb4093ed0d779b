namespace Scheduler.Server.Standby;

/// <summary>What was found in a standby file.</summary>
public abstract record StandbyReading
{
    private StandbyReading()
    {
    }

    /// <summary>It can be served from.</summary>
    /// <param name="State">What it holds.</param>
    public sealed record Sound(StandbyState State) : StandbyReading;

    /// <summary>It cannot be served from.</summary>
    /// <param name="Reason">Why, as a clause that follows the file's name: "is not there".</param>
    public sealed record Refused(string Reason) : StandbyReading;
}
