using Scheduler.Core.Drains;
using Scheduler.State.Drains;

namespace Scheduler.Tests.State.Drains;

/// <summary>Local drains for tests.</summary>
internal static class LocalDrainSamples
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static Drain Drain(string id, string site = "p00", int hours = 1) =>
        new(id, new DrainTarget(DrainTargetKind.Site, site), "a fire", "ann", Noon, Noon.AddHours(hours));

    public static LocalDrain Local(string id, string site = "p00", string taker = "replica-0", int hours = 1) => new(Drain(id, site, hours), taker);

    public static LocalDrain Ended(this LocalDrain local, int minutes = 5, string by = "bob", string reason = "it is out") =>
        local with { End = new LocalDrainEnd(Noon.AddMinutes(minutes), by, reason) };
}
