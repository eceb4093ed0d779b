namespace Scheduler.Core.Geo;

/// <summary>Consecutive addresses of one family for which the database says the same.</summary>
/// <param name="First">First address, as a number of the family's width.</param>
/// <param name="Place">Index into the builder's places; <see cref="Nowhere"/> where the database has nothing.</param>
internal readonly record struct PlaceRun(UInt128 First, int Place)
{
    /// <summary>The first of the builder's places, which is none.</summary>
    public const int Nowhere = 0;
}
