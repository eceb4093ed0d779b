namespace Scheduler.Core.Geo;

/// <summary>What the databases say of an address.</summary>
/// <param name="Place">Index into <see cref="PlaceTable"/>; <see cref="Nowhere"/> where the city database has nothing.</param>
/// <param name="Carrier">Index into <see cref="CarrierTable"/>; <see cref="NoCarrier"/> where that has nothing.</param>
internal readonly record struct PlaceNetwork(int Place, int Carrier)
{
    /// <summary>The first of the builder's places, which is none.</summary>
    public const int Nowhere = 0;

    /// <summary>The first of the carriers, which is none.</summary>
    public const int NoCarrier = 0;
}
