using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Drains;
using Scheduler.State.Drains;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>How a drain goes on, in the words that operators read everywhere.</summary>
internal static class DrainWords
{
    /// <summary>Waiting receivers that are named; the rest are counted.</summary>
    private const int MostNamed = 3;

    /// <summary>Why nobody is asked to move.</summary>
    /// <param name="cause">The cause.</param>
    /// <param name="progress">How far the drain has come.</param>
    public static string Pause(DrainPause cause, DrainProgress progress) => cause switch
    {
        DrainPause.ReceiverFull => Text($"{Waiting(progress)}; it goes on when one is below {progress.Bounds.WellUtilisation:P0}"),
        DrainPause.ReceiverFails when Waiting(progress) is { } waiting => $"{waiting}; it goes on when half as many of their players report failures",
        DrainPause.ReceiverFails => "players report failures at the sites that take over, taken together; it goes on when half as many do",
        DrainPause.NoRoom => Text($"no site that is near enough has room below {progress.Bounds.MostUtilisation:P0} of what it can carry"),
        DrainPause.Frozen => "most sites fell silent at once, and what is known of the receivers is old",
        _ => throw new ArgumentOutOfRangeException(nameof(cause)),
    };

    /// <summary>Which receivers get nothing more for now, as <c>3 of 14 receivers wait: ams over 90 %</c>; null when none waits.</summary>
    /// <param name="progress">How far the drain has come.</param>
    public static string? Waiting(DrainProgress progress)
    {
        ImmutableArray<WaitingReceiver> waiting = progress.Waiting;
        if (waiting.IsEmpty) return null;
        string named = string.Join(", ", waiting.Take(MostNamed).Select(receiver => receiver.Cause == DrainPause.ReceiverFails
            ? $"{receiver.Site} fails its players"
            : Text($"{receiver.Site} over {(receiver.Utilisation > progress.Bounds.MostUtilisation ? progress.Bounds.MostUtilisation : progress.Bounds.WellUtilisation):P0}")));
        string more = waiting.Length > MostNamed ? Text($" and {waiting.Length - MostNamed} more") : "";
        return Text($"{waiting.Length} of {progress.Receivers} receivers wait: {named}{more}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
