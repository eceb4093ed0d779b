namespace Scheduler.Cli.Admin;

/// <summary>A site that would carry more.</summary>
internal sealed record DrainReceiverRow(
    string? Site, double? BeforeUtilisation, double? AfterUtilisation, double? BeforeBps, double? AfterBps, double? CapacityBps);
