using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Server.Hosting;
using Scheduler.Simulator;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Server.OperatorConsole.Simulations;

/// <summary>
/// Plays scenarios on the live fleet beside the scheduler: one at a time, on a thread of the lowest priority, so that viewers keep the processor. The last few are remembered with
/// their reports.
/// </summary>
internal sealed partial class SimulationDesk(LiveScenario live, GeographySource geography, TimeProvider clock, ILogger<SimulationDesk> log) : IDisposable
{
    /// <summary>Runs that are remembered; a report has some 200 KB.</summary>
    public const int Remembered = 8;

    private readonly Lock _gate = new();
    private ImmutableArray<SimulationRun> _runs = [];
    private int _count;

    /// <summary>The runs, the newest first.</summary>
    public ImmutableArray<SimulationRun> Runs
    {
        get
        {
            lock (_gate) return _runs;
        }
    }

    /// <summary>One run; null when it is not remembered.</summary>
    public SimulationRun? Find(string id) => Runs.FirstOrDefault(run => run.Id == id);

    /// <summary>Id, progress in thousandths and phase of each run.</summary>
    public ImmutableArray<(string Id, int Permille, string Phase)> Progress() => [.. Runs.Select(run => (run.Id, run.Permille, run.Phase.ToString().ToLowerInvariant()))];

    /// <summary>Begins one.</summary>
    /// <param name="order">What is asked.</param>
    /// <param name="author">Who asks.</param>
    /// <param name="fault">Takes what is wrong with it: field and reason.</param>
    /// <returns>Null when it cannot be played.</returns>
    public SimulationRun? Start(SimulationOrder order, string author, Action<string, string> fault)
    {
        if (live.Of(order) is not { } scenario)
        {
            fault("fleet", "is not loaded yet");
            return null;
        }
        bool valid = true;
        ScenarioValidator.Validate(scenario, scenario.Fleet, (field, reason) =>
        {
            valid = false;
            fault(field == "faults[0].target" ? "target" : field, reason);
        });
        if (scenario.Demand.IsEmpty && order.Fill is null)
        {
            valid = false;
            fault("viewers", "there are none now; say how full the fleet is to be");
        }
        if (!valid) return null;
        lock (_gate)
        {
            if (_runs.Any(run => run.Phase == SimulationPhase.Running))
            {
                fault("simulation", "is running already: wait for it, or stop it");
                return null;
            }
            var run = new SimulationRun((++_count).ToString(CultureInfo.InvariantCulture), order, author, clock.GetUtcNow());
            run.Tell(scenario.Summary);
            _runs = [run, .. _runs.Take(Remembered - 1)];
            new Thread(() => Play(run, scenario)) { IsBackground = true, Name = "simulation", Priority = ThreadPriority.Lowest }.Start();
            return run;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SimulationRun run in Runs) run.Stop();
    }

    private void Play(SimulationRun run, Scenario scenario)
    {
        try
        {
            if (geography.ReadMap() is not { } map)
            {
                run.End(SimulationPhase.Failed, "The map of cells cannot be read.");
                return;
            }
            var results = new List<RunResult>();
            foreach (string policy in scenario.Policies)
            {
                World world = WorldBuilder.Build(scenario, map, [], run.Order.Seed);
                int index = results.Count;
                results.Add(new Simulation(world, policy, run.Order.Seed).Run(progress => run.Tell(in progress, index, scenario.Policies.Length)));
            }
            run.Finish(results, HtmlReport.Write(results));
        }
        catch (OperationCanceledException)
        {
            run.End(SimulationPhase.Stopped, null);
        }
        catch (Exception fault)
        {
            // It is a question, not the scheduler: whatever it meets is told to who asked, and the process goes on.
            PlayFailed(fault, run.Order.Question);
            run.End(SimulationPhase.Failed, fault.Message);
        }
    }

    [LoggerMessage(EventId = 254, Level = LogLevel.Error, Message = "The simulation \"{Question}\" failed")]
    private partial void PlayFailed(Exception fault, string question);
}
