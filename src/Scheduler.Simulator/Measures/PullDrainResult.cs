using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Measures;

/// <summary>What became of the publishers and pulls of a drained IDC.</summary>
/// <param name="Fault">What the scenario says of the drain.</param>
/// <param name="Publishers">Publishers who sent to it when it began.</param>
/// <param name="MovesPerPublisher">How often each was moved; null where there was none.</param>
/// <param name="Pulls">Pulls from it over links, in its first second.</param>
/// <param name="PublishersLeftAfterS">Time until the last publisher had left, s; null when some had not by the end.</param>
/// <param name="PullsLeftAfterS">Time until nobody pulled from it, s; null when some did to the end.</param>
/// <param name="PullsOverFewest">Pulls over links during that time over the fewest that would have done; null when it was over at once.</param>
public sealed record PullDrainResult(
    Fault Fault, int Publishers, double? MovesPerPublisher, int Pulls, int? PublishersLeftAfterS, int? PullsLeftAfterS, double? PullsOverFewest);
