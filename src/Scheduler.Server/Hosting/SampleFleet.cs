using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Hosting;

/// <summary>The fleet that comes with the program, for demo mode; read when it is first asked for.</summary>
public sealed class SampleFleet
{
    private const string FileName = "geo-data/fleet.sample.yaml";
    private readonly Lazy<Fleet> _fleet = new(Read);
    private Fleet? _judged;
    private bool _verdict;

    /// <summary>True when a fleet is the sample fleet, unmodified. Asked often and answered anew only for another fleet; by one thread at a time.</summary>
    /// <param name="fleet">A valid fleet in canonical order.</param>
    public bool Is(Fleet fleet)
    {
        if (ReferenceEquals(fleet, _judged)) return _verdict;
        _verdict = ReferenceEquals(fleet, _fleet.Value) || FleetJson.Write(fleet).AsSpan().SequenceEqual(FleetJson.Write(_fleet.Value));
        _judged = fleet;
        return _verdict;
    }

    /// <summary>Loads the sample fleet into a store that holds nothing yet.</summary>
    /// <exception cref="StartupException">It is not there, or not valid.</exception>
    public async Task LoadIfEmptyAsync(ConfigurationCentre centre, CancellationToken cancellation)
    {
        if (centre.Current.Revision > 0) return;
        Fleet fleet = _fleet.Value;
        await centre.ChangeAsync(
            _ => new ConfigurationEdit.Replace(RevisionKind.Fleet, Fleet: fleet),
            new ChangeOrder(ConfigurationCentre.SchedulerAuthor, "the sample fleet, for the demo"),
            cancellation);
    }

    private static Fleet Read()
    {
        string path = GeographySource.FindAbove(Environment.CurrentDirectory, FileName) ?? GeographySource.FindAbove(AppContext.BaseDirectory, FileName)
            ?? throw new StartupException($"Demo mode needs {FileName} here or above.");
        DocumentReadResult<Fleet> read = FleetYaml.Read(File.ReadAllText(path));
        return read.Value ?? throw new StartupException($"{path}:{read.Problems[0].Line}: {read.Problems[0].Field} {read.Problems[0].Reason}");
    }
}
