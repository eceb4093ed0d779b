using Scheduler.Protocol.Admin;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>What the guards say of a drain, in sentences.</summary>
internal static class DrainVerdictText
{
    /// <summary>Yes or no.</summary>
    public static string Headline(DrainPreviewMessage preview) => preview switch
    {
        { Refusals.Count: > 0 } => "The guards would refuse it.",
        { Receivers.Count: 0 } => "Nothing speaks against it: nobody would have to move.",
        _ => "Nothing speaks against it: what is left carries everybody, with room to spare.",
    };

    /// <summary>What would happen, in a sentence or two.</summary>
    public static string Story(DrainPreviewMessage preview)
    {
        if (preview.Receivers.Count == 0) return "The target carries nothing now.";
        DrainReceiverMessage first = preview.Receivers[0];
        string story = $"{Display.Rate(preview.MovedBps)} would go to {preview.Receivers.Count} {(preview.Receivers.Count == 1 ? "site" : "sites")}, most of it to {first.Site}, which rises from {Display.Percent(first.BeforeUtilisation)} to {Display.Percent(first.AfterUtilisation)}.";
        return preview.Peak is { } peak && peak.MaxUtilisation is { } most
            ? $"{story} At the busiest moment until its end, {Display.Clock(peak.At)}, the fullest is {peak.AtSite} at {Display.Percent(most)}."
            : story;
    }

    /// <summary>A clause as a sentence.</summary>
    public static string Sentence(string clause) => clause.Length == 0 ? "" : $"{char.ToUpperInvariant(clause[0])}{clause[1..].TrimEnd('.')}.";
}
