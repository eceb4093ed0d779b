using Scheduler.Protocol.Admin;
using Scheduler.Server.Auditing;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Server.OperatorConsole.Simulations;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>What would happen to the live fleet: asked, watched, read.</summary>
internal sealed class SimulationPages(SimulationDesk desk)
{
    /// <summary>Maps the pages and forms.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.Simulations, () => List([], StatusCodes.Status200OK)).RequireVisitor(AdminRole.Viewer);
        console.MapPost(ConsoleRoutes.Simulations, (HttpContext context) => Start(context)).RequireVisitor(AdminRole.Operator);
        console.MapGet(ConsoleRoutes.Simulations + "/{id}", (HttpContext context, string id) => desk.Find(id) is { } run
            ? new PageResult<SimulationPage>(new() { [nameof(SimulationPage.Run)] = run })
            : Absent(context)).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Simulations + "/{id}/report", (HttpContext context, string id) => desk.Find(id)?.Report is { } report
            ? new ReportResult(report)
            : Absent(context)).RequireVisitor(AdminRole.Viewer);
        console.MapPost(ConsoleRoutes.Simulations + "/{id}/stop", Stop).RequireVisitor(AdminRole.Operator);
    }

    private IResult Start(HttpContext context)
    {
        var faults = new List<ProblemFieldMessage>();
        SimulationOrder? order = SimulationOrder.Read(context.GetForm(), (field, reason) => faults.Add(new ProblemFieldMessage(field, reason)));
        if (order is not null && context.Features.Get<AuditNote>() is { } note) (note.Target, note.Reason) = (order.Target, order.Question);
        SimulationRun? run = order is null ? null : desk.Start(order, context.GetVisit().Caller.Name, (field, reason) => faults.Add(new ProblemFieldMessage(field, reason)));
        if (run is not null) return new Redirection($"{ConsoleRoutes.Simulations}/{run.Id}");
        return context.Request.WantsPage() ? List(faults, StatusCodes.Status422UnprocessableEntity) : Endpoints.Admin.Problem.InvalidFields([.. faults]);
    }

    private IResult Stop(HttpContext context, string id)
    {
        if (desk.Find(id) is not { } run) return Absent(context);
        run.Stop();
        return new Redirection($"{ConsoleRoutes.Simulations}/{id}");
    }

    private PageResult<SimulationsPage> List(IReadOnlyList<ProblemFieldMessage> faults, int status) => new(
        new() { [nameof(SimulationsPage.Runs)] = desk.Runs, [nameof(SimulationsPage.Faults)] = faults }, status);

    private static IResult Absent(HttpContext context) => Absence.Of(context, "There is no such simulation, or it is forgotten: the last eight are remembered until the server restarts.");
}
