using Scheduler.Simulator;
using Scheduler.Simulator.Measures;

namespace Scheduler.Server.OperatorConsole.Simulations;

/// <summary>A scenario that is played on the live fleet, or was. Changed by the thread that plays it; read by pages.</summary>
/// <param name="id">Its id.</param>
/// <param name="order">What was asked.</param>
/// <param name="author">Who asked.</param>
/// <param name="startedAt">When.</param>
public sealed class SimulationRun(string id, SimulationOrder order, string author, DateTimeOffset startedAt) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile Standing _standing = new(SimulationPhase.Running, 0, null, null, [], "");

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>What was asked.</summary>
    public SimulationOrder Order => order;

    /// <summary>Who asked.</summary>
    public string Author => author;

    /// <summary>When.</summary>
    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Where it stands.</summary>
    public SimulationPhase Phase => _standing.Phase;

    /// <summary>How much of it has been played, in thousandths.</summary>
    public int Permille => _standing.Permille;

    /// <summary>The report, a page of its own; null before the end.</summary>
    public string? Report => _standing.Report;

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Fault => _standing.Fault;

    /// <summary>What was measured, a result for each policy; empty before the end.</summary>
    public IReadOnlyList<RunResult> Results => _standing.Results;

    /// <summary>The question with what was assumed, in a sentence.</summary>
    public string Summary => _standing.Summary;

    /// <summary>Ends when somebody stops it.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Stops it.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>Says what is played.</summary>
    public void Tell(string summary) => _standing = _standing with { Summary = summary };

    /// <summary>Says how far it is.</summary>
    /// <param name="progress">Of one policy.</param>
    /// <param name="index">Which policy it is, from 0.</param>
    /// <param name="of">How many there are.</param>
    public void Tell(in RunProgress progress, int index, int of)
    {
        Stopping.ThrowIfCancellationRequested();
        _standing = _standing with { Permille = (int)(1_000L * ((index * progress.OfS) + progress.AtS) / Math.Max(1, of * progress.OfS)) };
    }

    /// <summary>Says what came of it.</summary>
    public void Finish(IReadOnlyList<RunResult> results, string report) =>
        _standing = _standing with { Phase = SimulationPhase.Done, Permille = 1_000, Results = results, Report = report };

    /// <summary>Says that it was stopped, or why it cannot be played.</summary>
    public void End(SimulationPhase phase, string? fault) => _standing = _standing with { Phase = phase, Fault = fault };

    private sealed record Standing(SimulationPhase Phase, int Permille, string? Report, string? Fault, IReadOnlyList<RunResult> Results, string Summary);
}
