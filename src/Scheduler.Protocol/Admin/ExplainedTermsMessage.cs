namespace Scheduler.Protocol.Admin;

/// <summary>
/// The terms of a site's score, ms-equivalents: round-trip time, comfort and tariff (or, under an override, the order), the price, extra and cold. The price is
/// load and bill, and where the plan asks for more, half of what is missing on top.
/// </summary>
/// <param name="RttMs">Round-trip time from the viewer's cell.</param>
/// <param name="RttSource"><c>learnt</c> from players, or <c>model</c> by distance.</param>
/// <param name="ComfortMs">Surcharge for the part of it beyond comfort.</param>
/// <param name="TariffMs">Price of every Mbit/s under its tariff.</param>
/// <param name="OrderMs">Step of its place in an operator's override, which replaces the terms before; absent elsewhere.</param>
/// <param name="LoadMs">m(u): what one more Mbit/s costs at its load.</param>
/// <param name="BillMs">What is billed beyond its commit.</param>
/// <param name="PlanAskedMs">What the plan asks.</param>
/// <param name="PriceMs">What counts of the three before.</param>
/// <param name="ExtraMs">Surcharge of a site with suspect nodes.</param>
/// <param name="ColdMs">Cost of pulling a stream that is not there.</param>
public sealed record ExplainedTermsMessage(
    double RttMs,
    string RttSource,
    double ComfortMs,
    double TariffMs,
    double? OrderMs,
    double LoadMs,
    double BillMs,
    double PlanAskedMs,
    double PriceMs,
    double ExtraMs,
    double ColdMs)
{
    /// <summary>Of a publisher: the way to his audience, and what keeps a backup apart from the stream's first entry; absent for viewers.</summary>
    public double? PlacementMs { get; init; }
}
