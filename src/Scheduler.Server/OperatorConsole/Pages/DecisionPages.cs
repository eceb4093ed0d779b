using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Live;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Server.Security;
using Scheduler.State.Control;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>Why a viewer goes where he goes, and the plan behind it.</summary>
internal sealed class DecisionPages(ExplainApi explain, PlanApi plan, SnapshotPublisher publisher)
{
    /// <summary>Maps the pages.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.Why, (HttpContext context) => Why(context)).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Plan, () => new PageResult<PlanPage>(new() { [nameof(PlanPage.Plan)] = plan.Get(null).Message<PlanMessage>() })).RequireVisitor(AdminRole.Viewer);
    }

    private IResult Why(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        if (Text("stream") is null && Text("client_ip") is null) return new PageResult<WhyPage>([]);
        // An empty field of a form is an absent parameter of the call.
        context.Ask(("stream", Text("stream") ?? ""), ("client_ip", Text("client_ip")), ("kind", Text("kind")), ("protocol", Text("protocol")));
        IResult answer = explain.Get(context);
        var message = answer.Message<ExplanationMessage>();
        return new PageResult<WhyPage>(
            new()
            {
                [nameof(WhyPage.Explanation)] = message,
                [nameof(WhyPage.Viewer)] = message is null ? null : PlaceOf(message.Viewer.Cell),
                [nameof(WhyPage.Problem)] = answer.Message<ProblemMessage>(),
            },
            answer.Status());

        string? Text(string name) => query[name] is [{ } text, ..] && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    private (double, double)? PlaceOf(string cell) =>
        publisher.Current?.Candidates.Cells.FirstOrDefault(place => place.Id == cell) is { } found ? (found.Location.Latitude, found.Location.Longitude) : null;
}
