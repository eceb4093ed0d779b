namespace Scheduler.Core.Drains;

/// <summary>How full migration may make a receiver.</summary>
/// <param name="MostUtilisation">Utilisation up to which migration may fill a receiver, and beyond which it waits, in (0, 1]. Default 0.9.</param>
/// <param name="WellUtilisation">
/// Utilisation below which a receiver that waits is given more again; under <paramref name="MostUtilisation"/>, or it would stop and go with every session. Default 0.87.
/// </param>
public sealed record ReceiverBounds(double MostUtilisation, double WellUtilisation)
{
    /// <summary>0.9, 0.87.</summary>
    public static ReceiverBounds Default { get; } = new(0.9, 0.87);
}
