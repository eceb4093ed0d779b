using Scheduler.Core.Topology;
using Scheduler.Protocol.Fleets;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Hosting;

/// <summary>The fleet that comes with the program, for demo mode.</summary>
internal static class SampleFleet
{
    private const string FileName = "geo-data/fleet.sample.yaml";

    /// <summary>Reads the sample fleet.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static Fleet Read()
    {
        string path = GeographySource.FindAbove(Environment.CurrentDirectory, FileName) ?? GeographySource.FindAbove(AppContext.BaseDirectory, FileName)
            ?? throw new FileNotFoundException($"demo mode needs {FileName} here or above");
        FleetReadResult read = FleetYaml.Read(File.ReadAllText(path));
        return read.Fleet ?? throw new InvalidDataException($"{path}:{read.Problems[0].Line}: {read.Problems[0].Field} {read.Problems[0].Reason}");
    }

    /// <summary>Loads the sample fleet into a store that holds nothing yet.</summary>
    public static async Task LoadIfEmptyAsync(ConfigurationCentre centre, CancellationToken cancellation)
    {
        if (centre.Current.Revision > 0) return;
        await centre.ChangeAsync(
            _ => new ConfigurationEdit.Replace(RevisionKind.Fleet, Fleet: Read()),
            new ChangeOrder(ConfigurationCentre.SchedulerAuthor, "the sample fleet, for the demo"),
            cancellation);
    }
}
