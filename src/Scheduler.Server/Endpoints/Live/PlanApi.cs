using Scheduler.Core.Routing;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Security;
using Scheduler.State.Planning;

namespace Scheduler.Server.Endpoints.Live;

/// <summary>Tells the plan: prices by site, the proof, and on request where a cell's viewers are meant to go.</summary>
internal sealed class PlanApi(PlanLoop plans, PlanView view)
{
    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/plan", Get).RequireRole(AdminRole.Viewer)
        .WithSummary("The plan in force: prices, fractions of the cells asked for, and the proof.")
        .Produces<PlanMessage>().Refuses(StatusCodes.Status404NotFound);

    /// <summary>Answers the call; the console asks it too.</summary>
    internal IResult Get(string[]? cell)
    {
        if (plans.Status is not { } status) return Problem.NotFound("There is no plan yet: one is made as soon as a site has reported capacity.");
        CandidateTable table = status.InForce.Snapshot.Candidates;
        var cells = new List<PlanCellMessage>();
        foreach (string id in cell ?? [])
        {
            int found = Enumerable.Range(0, table.Cells.Length).FirstOrDefault(i => table.Cells[i].Id == id, -1);
            if (found < 0) return Problem.NotFound($"There is no cell '{id}'.");
            cells.AddRange(PlanView.CellsOf(status.InForce, found));
        }
        return Results.Json(view.Of(status, cells is [] ? null : cells), AdminJson.Wire.PlanMessage);
    }
}
