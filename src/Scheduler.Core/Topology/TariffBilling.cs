namespace Scheduler.Core.Topology;

/// <summary>How a tariff measures a month. Stored: append, never renumber.</summary>
public enum TariffBilling
{
    /// <summary>Every bit costs the same.</summary>
    Flat = 0,

    /// <summary>The 95th percentile of 5-minute samples is billed.</summary>
    Percentile95 = 1,
}
