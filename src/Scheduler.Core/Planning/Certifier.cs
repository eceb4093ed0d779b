namespace Scheduler.Core.Planning;

/// <summary>Computes the certificate of the traffic as it stands.</summary>
/// <remarks>
/// The duality gap at the plan's own prices is a sum of terms that are none below 0: of each candidate its traffic times what it costs over the cheapest, and of
/// each site the gap of Fenchel and Young between load and price. So the gap keeps its digits however near to 0 it comes, which cost minus bound would not.
/// </remarks>
internal static class Certifier
{
    /// <summary>The certificate; the state's loads have been settled.</summary>
    public static PlanCertificate Certify(PlanProblem problem, TrafficState state)
    {
        PlanNetwork network = problem.Network;
        CompensatedSum cost = default, gap = default;
        double magnitude = 0;
        ReadOnlySpan<double> traffic = state.Traffic, costs = network.Costs;
        for (int cell = 0; cell < network.CellCount; cell++)
        {
            ReadOnlySpan<int> used = state.UsedBy(cell);
            if (used.IsEmpty) continue;
            if (state.Cheapest(cell) is not { } cheapest)
            {
                double stranded = problem.DemandMbps[cell] * (costs[used[0]] + problem.OverflowPrice);
                cost.Add(stranded);
                magnitude += Math.Abs(stranded);
                continue;
            }
            double least = state.CostOf(cheapest);
            foreach (int candidate in used)
            {
                double paid = traffic[candidate] * costs[candidate], wasted = traffic[candidate] * (state.CostOf(candidate) - least);
                cost.Add(paid);
                gap.Add(wasted);
                magnitude += Math.Abs(paid) + Math.Abs(traffic[candidate] * least);
            }
        }
        SiteOverload? worst = null;
        for (int site = 0; site < network.SiteCount; site++)
        {
            ref readonly SiteCurve curve = ref state.Curves[site];
            double load = state.Loads[site], over = load - curve.CapacityMbps;
            if (over > curve.CapacityMbps * PlanCertificate.CapacityTolerance && !(worst?.OverMbps >= over)) worst = new SiteOverload(site, over);
            if (!curve.IsOpen) continue;
            double price = state.Prices[site], carried = curve.Cost(load);
            cost.Add(carried);
            magnitude += Math.Abs(carried) + (Math.Abs(price) * problem.TotalDemandMbps);
            if (!curve.IsPlainAt(load)) gap.Add(Math.Max(0, carried + curve.Conjugate(price) - (price * load)));
        }
        return new PlanCertificate(cost.Value, cost.Value - gap.Value - (BoundSum.TermError * magnitude), worst);
    }
}
