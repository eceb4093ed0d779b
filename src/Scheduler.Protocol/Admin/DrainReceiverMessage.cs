namespace Scheduler.Protocol.Admin;

/// <summary>A site that would carry more.</summary>
/// <param name="Site">Its id.</param>
/// <param name="BeforeUtilisation">Load over capacity without the drain: live at its start, by the plan at a later moment.</param>
/// <param name="AfterUtilisation">Load over capacity with it.</param>
/// <param name="BeforeBps">Load without it.</param>
/// <param name="AfterBps">Load with it.</param>
/// <param name="CapacityBps">What it may carry.</param>
public sealed record DrainReceiverMessage(string Site, double BeforeUtilisation, double AfterUtilisation, long BeforeBps, long AfterBps, long CapacityBps);
