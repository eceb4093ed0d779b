namespace Scheduler.Cli.Admin;

/// <summary>A stream of <c>GET /v1/admin/streams</c>; relays and sites only of a single one.</summary>
internal sealed record StreamRow(
    string? Id, string? Hash, double? Viewers, double? EgressBps, double? Sites, StreamRow.ArrivalRow? Home, IReadOnlyList<StreamRow.ArrivalRow>? Backups,
    IReadOnlyList<StreamRow.RelayRow>? Relays, IReadOnlyList<StreamRow.PopRow>? Pops)
{
    /// <summary>Where it comes in.</summary>
    internal sealed record ArrivalRow(string? Node, string? Idc, double? Bps, DateTimeOffset? Since);

    /// <summary>An IDC that relays it.</summary>
    internal sealed record RelayRow(string? Idc, double? Sites);

    /// <summary>A site where it is watched.</summary>
    internal sealed record PopRow(
        string? Site, double? Viewers, double? EgressBps, string? Outcome, string? Parent, string? Idc, bool? Relay, double? RttMs, double? CostMs);
}
