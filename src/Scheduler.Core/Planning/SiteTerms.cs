using Scheduler.Core.Cost;

namespace Scheduler.Core.Planning;

/// <summary>What a site's load costs: the convex part of the objective that belongs to one site.</summary>
/// <param name="CapacityMbps">What the site may carry, Mbit/s; at least 0. 0 for a site that is drained or dead: it gets nothing while a cell has another.</param>
/// <param name="Penalty">Price of load by utilisation.</param>
/// <param name="Surcharge">Added to the price of every Mbit/s there, ms-equivalents; finite. 0 for none.</param>
/// <param name="Commit">Bandwidth that is paid for anyway; null where every Mbit/s costs the same.</param>
public readonly record struct SiteTerms(double CapacityMbps, LoadPenalty Penalty, double Surcharge = 0, CommitTerm? Commit = null);
