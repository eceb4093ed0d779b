namespace Scheduler.Core.Topology;

/// <summary>The continents, as GeoNames counts them. Exported: append, never renumber.</summary>
public enum Continent
{
    /// <summary>Africa.</summary>
    Africa = 0,

    /// <summary>Antarctica.</summary>
    Antarctica = 1,

    /// <summary>Asia, with the Middle East.</summary>
    Asia = 2,

    /// <summary>Europe, with all of Russia.</summary>
    Europe = 3,

    /// <summary>North America, with Central America and the Caribbean.</summary>
    NorthAmerica = 4,

    /// <summary>Oceania.</summary>
    Oceania = 5,

    /// <summary>South America.</summary>
    SouthAmerica = 6,
}
