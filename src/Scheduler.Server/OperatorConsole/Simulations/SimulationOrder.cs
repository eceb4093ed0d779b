using System.Globalization;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Server.OperatorConsole.Simulations;

/// <summary>What an operator wants to know of the fleet: what goes wrong, when, and how many viewers there are then.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Target">Id of the site; null for kinds that have none.</param>
/// <param name="Hour">Hour of the day at which it happens, UTC, in [0, 24).</param>
/// <param name="Minutes">For how long.</param>
/// <param name="Fill">Share of the capacity that the viewers ask for, spread as people live; null for the viewers of now, as they would be at that hour.</param>
/// <param name="Against">A rule that the scheduler is compared with; null for none.</param>
/// <param name="Seed">Seed of all chance.</param>
public sealed record SimulationOrder(FaultKind Kind, string? Target, double Hour, double Minutes, double? Fill, string? Against, int Seed)
{
    /// <summary>What may be asked for, with its words.</summary>
    public static IReadOnlyList<(FaultKind Kind, string Name, string Words)> Kinds { get; } =
    [
        (FaultKind.SiteLoss, "site_loss", "dies"),
        (FaultKind.IdcLoss, "idc_loss", "dies, with the PoPs that only it feeds (an IDC)"),
        (FaultKind.Drain, "drain", "is drained by a ramp of a minute"),
        (FaultKind.IdcDrain, "idc_drain", "is drained, with the PoPs that only it feeds (an IDC)"),
        (FaultKind.Surge, "surge", "nothing happens to it, but twice the viewers come, everywhere"),
        (FaultKind.ReportLoss, "report_loss", "nothing happens to it, but no report arrives any more"),
    ];

    private const double MostMinutes = 30;

    /// <summary>True for what happens to a site.</summary>
    public bool HasTarget => Kind is FaultKind.SiteLoss or FaultKind.IdcLoss or FaultKind.Drain or FaultKind.IdcDrain;

    /// <summary>What is asked, as a sentence without its full stop.</summary>
    public string Question => string.Create(CultureInfo.InvariantCulture, $"What if {(HasTarget ? $"{Target} " : "")}{Words} at {(int)Hour:00}:{(int)(Hour % 1 * 60):00} UTC");

    private string Words => Kind switch
    {
        FaultKind.SiteLoss => "dies",
        FaultKind.IdcLoss => "dies, with the PoPs that only it feeds,",
        FaultKind.Drain => "is drained",
        FaultKind.IdcDrain => "is drained, with the PoPs that only it feeds,",
        FaultKind.Surge => "twice the viewers come",
        _ => "no report arrives",
    };

    /// <summary>Reads a form; null, with every fault told, when it asks for nothing that can be played.</summary>
    internal static SimulationOrder? Read(PostedForm form, Action<string, string> fault)
    {
        bool valid = true;
        var (kind, name, _) = Kinds.FirstOrDefault(known => known.Name == form["kind"]);
        if (name is null) Fault("kind", $"must be one of {string.Join(", ", Kinds.Select(known => known.Name))}");
        if (!TimeOnly.TryParseExact(form["at"], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly at)) Fault("at", "must be an hour of the day, such as 20:00");
        double minutes = Number("minutes", 0.5, MostMinutes) ?? 3;
        double? fill = form["viewers"] == "fill" ? Number("fill", 1, 150) / 100 : null;
        int seed = (int)(Number("seed", 0, int.MaxValue) ?? 1);
        string? against = form["against"];
        if (against is not null && !PolicyNames.All.Contains(against)) Fault("against", $"must be one of {string.Join(", ", PolicyNames.All)}");
        return valid ? new SimulationOrder(kind, form["target"], at.ToTimeSpan().TotalHours, minutes, fill, against, seed) : null;

        double? Number(string field, double least, double most)
        {
            if (form[field] is not { } text) return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most) return number;
            Fault(field, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"));
            return null;
        }

        void Fault(string field, string reason)
        {
            valid = false;
            fault(field, reason);
        }
    }
}
