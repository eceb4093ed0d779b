using System.Globalization;
using Scheduler.Cli.Rendering;
using Scheduler.Core.Planning;
using Spectre.Console;

namespace Scheduler.Cli.Plans;

/// <summary>A solution for people: the fullest sites, the proof, and what does not fit.</summary>
internal static class PlanTable
{
    private const int Rows = 20;
    private const double BitsPerMbit = 1e6;

    /// <summary>Draws it.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="gap">The gap that was asked for.</param>
    /// <param name="console">Where to.</param>
    public static void Draw(PlanSolution solution, double gap, IAnsiConsole console)
    {
        Plan plan = solution.Plan;
        PlanNetwork network = plan.Problem.Network;
        console.Write(Sites(solution));
        PlanCertificate proof = plan.Certificate;
        string verdict = proof.Gap <= gap ? "proven" : "not proven yet";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network.CellCount} cells, {network.SiteCount} sites, {Format.BitRate(plan.Problem.TotalDemandMbps * BitsPerMbit)}; {solution.Sweeps} sweeps in {Format.Millis(solution.Took.TotalMilliseconds)}"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"cost {proof.Cost:#,0.###}, no plan costs less than {proof.LowerBound:#,0.###}: within {proof.Gap * 100:0.####} % of the best, {verdict}"));
        foreach (SiteOverload overload in plan.Overloads())
            console.WriteLine($"does not fit: {Format.Plain(solution.Instance.Sites[overload.Site])}, {Format.BitRate(overload.OverMbps * BitsPerMbit)} over its capacity");
    }

    private static Table Sites(PlanSolution solution)
    {
        Plan plan = solution.Plan;
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns(new TableColumn("site"), new TableColumn("utilisation"), new TableColumn("load").RightAligned());
        table.AddColumns(new TableColumn("capacity").RightAligned(), new TableColumn("price").RightAligned());
        int[] fullest = [.. Enumerable.Range(0, solution.Instance.Sites.Length).OrderByDescending(site => plan.UtilisationOf(site) ?? 0).Take(Rows)];
        foreach (int site in fullest)
        {
            table.AddRow(
                new Text(Format.Plain(solution.Instance.Sites[site])),
                UtilisationBar.Draw(plan.UtilisationOf(site), width: 24),
                new Text(Format.BitRate(plan.LoadsMbps[site] * BitsPerMbit)),
                new Text(Format.BitRate(plan.Problem.Terms[site].CapacityMbps * BitsPerMbit)),
                new Text(Format.Millis(plan.Prices[site])));
        }
        if (solution.Instance.Sites.Length > Rows) table.Caption = new TableTitle($"the {Rows} fullest of {solution.Instance.Sites.Length} sites");
        return table;
    }
}
