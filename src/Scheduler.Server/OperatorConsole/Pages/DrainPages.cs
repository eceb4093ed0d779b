using System.Globalization;
using System.Text.Json.Nodes;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>A drain from its preview to its undo. Each step asks the call of the admin API that a program would ask.</summary>
internal sealed class DrainPages(DrainEndpoints drains, DrainPreviewEndpoint previews, TimeProvider clock)
{
    private const int DefaultRampS = 300, DefaultHours = 4;

    /// <summary>Maps the pages and forms.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.Drains, (HttpContext context) => List(context)).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Drains + "/new", PreviewAsync).RequireVisitor(AdminRole.Viewer);
        console.MapPost(ConsoleRoutes.Drains, StartAsync).RequireVisitor(AdminRole.Operator);
        console.MapGet(ConsoleRoutes.Drains + "/{id}", Get).RequireVisitor(AdminRole.Viewer);
        console.MapPost(ConsoleRoutes.Drains + "/{id}/undo", UndoAsync).RequireVisitor(AdminRole.Operator);
    }

    private IResult List(HttpContext context)
    {
        IResult answer = drains.List(context);
        return answer.Message<DrainListMessage>() is { } list ? new PageResult<DrainsPage>(new() { [nameof(DrainsPage.Drains)] = list.Drains }) : answer;
    }

    private IResult Get(HttpContext context, string id) => drains.Get(context, id).Message<DrainMessage>() is { } drain
        ? new PageResult<DrainPage>(new() { [nameof(DrainPage.Drain)] = drain })
        : Absence.Of(context, $"No drain '{id}' holds: it was never made, has expired, or was undone. The revisions tell.");

    private async Task<IResult> PreviewAsync(HttpContext context, CancellationToken cancellation)
    {
        IQueryCollection query = context.Request.Query;
        var order = Order(query["ramp_s"], query["hours"], null, null);
        string? target = (One("site"), One("node"), One("selector")) switch
        {
            ({ } site, _, _) => "site:" + site,
            (_, { } node, _) => "node:" + node,
            (_, _, { } selector) => "selector:" + selector,
            _ => null,
        };
        return target is null ? Page(order, null, null, StatusCodes.Status200OK) : await ForeseeAsync(context, target, order, null, StatusCodes.Status200OK, cancellation);

        string? One(string name) => query[name] is [{ } text, ..] && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    /// <summary>The page with what a drain would do by now.</summary>
    private async Task<IResult> ForeseeAsync(HttpContext context, string target, DrainOrder order, ProblemMessage? problem, int status, CancellationToken cancellation)
    {
        context.Ask(new JsonObject { ["target"] = target, ["ramp_s"] = order.RampS, ["expires_at"] = Display.Iso(order.ExpiresAt) });
        IResult answer = await previews.PreviewAsync(context, cancellation);
        ProblemMessage? refused = problem ?? answer.Message<ProblemMessage>();
        return Page(order, answer.Message<DrainPreviewMessage>(), refused, status == StatusCodes.Status200OK ? answer.Status() : status);
    }

    private async Task<IResult> StartAsync(HttpContext context, CancellationToken cancellation)
    {
        PostedForm form = context.GetForm();
        var order = Order(form["ramp_s"], form["hours"], form["expires_at"], form["reason"]);
        string target = form["target"] ?? "";
        context.Ask(new JsonObject
        {
            ["target"] = target, ["reason"] = order.Reason, ["ramp_s"] = order.RampS, ["expires_at"] = Display.Iso(order.ExpiresAt), ["preview_id"] = form["preview_id"],
            ["force"] = form.IsTicked("force") ? true : null,
        });
        IResult answer = await drains.CreateAsync(context, cancellation);
        if (answer.Message<DrainMessage>() is { } drain) return new Redirection(ConsoleRoutes.Drain(drain.Id));
        if (answer.Message<ProblemMessage>() is not { } problem || !context.Request.WantsPage()) return answer;
        return await ForeseeAsync(context, target, order, problem, problem.Status, cancellation);
    }

    private async Task<IResult> UndoAsync(HttpContext context, string id, CancellationToken cancellation)
    {
        context.Ask(("reason", context.GetForm()["reason"]));
        IResult answer = await drains.DeleteAsync(context, id, cancellation);
        if (answer.Message<DrainMessage>() is { } ended) return new PageResult<DrainUndonePage>(new() { [nameof(DrainUndonePage.Drain)] = ended });
        return answer.Message<ProblemMessage>() is { } problem && context.Request.WantsPage() ? Absence.Of(context, problem.Detail) : answer;
    }

    private static PageResult<DrainOrderPage> Page(DrainOrder order, DrainPreviewMessage? preview, ProblemMessage? problem, int status) => new(
        new() { [nameof(DrainOrderPage.Order)] = order, [nameof(DrainOrderPage.Preview)] = preview, [nameof(DrainOrderPage.Problem)] = problem }, status);

    private DrainOrder Order(string? rampS, string? hours, string? expiresAt, string? reason)
    {
        int h = Whole(hours, DefaultHours);
        bool isGiven = DateTimeOffset.TryParse(expiresAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at);
        // A second less: the longest drain must still be one when the request arrives.
        return new DrainOrder(Whole(rampS, DefaultRampS), h, isGiven ? at : clock.GetUtcNow().AddHours(h).AddSeconds(-1), reason);
    }

    private static int Whole(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
