using System.Collections.Immutable;
using Scheduler.Core.Planning;

namespace Scheduler.Core.Drains;

/// <summary>What a drain does to the plan of one moment: the answer of <see cref="DrainPreviewer"/>. Sites and cells are indexes of the plan's network.</summary>
/// <param name="ShortBeforeMbps">Demand that could not be carried even without the drain, within <see cref="DrainFeasibility.Fill"/> of all capacities, Mbit/s.</param>
/// <param name="After">What cannot be carried with it, and where it is short.</param>
/// <param name="Receivers">Every site that gains over <see cref="DrainPreviewer.LeastGain"/> of its capacity, the greatest gain first.</param>
/// <param name="MovedMbps">What leaves the sites that lose capacity, Mbit/s; at least 0.</param>
/// <param name="Rtt">What it does to round-trip times.</param>
/// <param name="StrandedCells">Cells with demand that lose their only candidate with capacity, rising.</param>
/// <param name="Before">Certificate of the plan without the drain.</param>
/// <param name="With">Certificate of the plan with it.</param>
public sealed record DrainPreview(
    double ShortBeforeMbps,
    Feasibility After,
    ImmutableArray<DrainReceiver> Receivers,
    double MovedMbps,
    RttChange Rtt,
    ImmutableArray<int> StrandedCells,
    PlanCertificate Before,
    PlanCertificate With)
{
    /// <summary>Demand that can be carried without the drain and not with it, Mbit/s; 0 when the drain is feasible.</summary>
    public double ShortMbps => Math.Max(0, After.ShortMbps - ShortBeforeMbps);

    /// <summary>True when whatever can be carried without the drain can be carried with it.</summary>
    public bool IsFeasible => ShortMbps == 0;

    /// <summary>The receiver that is fullest with the drain; null when nobody gains.</summary>
    public DrainReceiver? Fullest
    {
        get
        {
            DrainReceiver? fullest = null;
            foreach (DrainReceiver receiver in Receivers)
                if (!(fullest?.UtilisationAfter >= receiver.UtilisationAfter)) fullest = receiver;
            return fullest;
        }
    }
}
