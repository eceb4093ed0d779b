namespace Scheduler.Protocol.Admin;

/// <summary>A stream at one site where it is watched, and its way there.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Viewers">Viewers there.</param>
/// <param name="EgressBps">What they draw, bit/s.</param>
/// <param name="Outcome">How the question from where to pull it is answered: see <c>GET /v1/upstream</c>.</param>
/// <param name="Parent">Id of the IDC node to pull it from; absent when there is none, or it comes in there.</param>
/// <param name="Idc">Id of its IDC.</param>
/// <param name="Relay">True when that IDC pulls it from the home in turn.</param>
/// <param name="RttMs">Round-trip times of the way, ms.</param>
/// <param name="CostMs">What the way costs, ms-equivalents.</param>
public sealed record StreamSiteMessage(
    string Site, long Viewers, long EgressBps, string Outcome, string? Parent, string? Idc, bool? Relay, double? RttMs, double? CostMs);
