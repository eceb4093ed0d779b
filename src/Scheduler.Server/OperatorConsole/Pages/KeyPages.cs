using System.Text.Json.Nodes;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>Keys: made, shown once, revoked.</summary>
internal sealed class KeyPages(KeyEndpoints keys)
{
    /// <summary>Maps the page and the forms.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.Keys, (HttpContext context) => Page(context, null, null)).RequireVisitor(AdminRole.Admin);
        console.MapPost(ConsoleRoutes.Keys, MakeAsync).RequireVisitor(AdminRole.Admin);
        console.MapPost(ConsoleRoutes.Keys + "/{id}/revoke", RevokeAsync).RequireVisitor(AdminRole.Admin);
    }

    private async Task<IResult> MakeAsync(HttpContext context, CancellationToken cancellation)
    {
        PostedForm form = context.GetForm();
        JsonArray? sites = form["sites"] is { } list ? [.. list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(site => (JsonNode)site)] : null;
        context.Ask(new JsonObject { ["kind"] = form["kind"], ["name"] = form["name"], ["sites"] = sites, ["tenant"] = form["tenant"] });
        IResult answer = await keys.CreateAsync(context, cancellation);
        return context.Request.WantsPage() ? Page(context, answer.Message<KeyMessage>(), answer.Message<ProblemMessage>()) : answer;
    }

    private async Task<IResult> RevokeAsync(HttpContext context, string id, CancellationToken cancellation)
    {
        IResult answer = await keys.DeleteAsync(context, id, cancellation);
        if (answer.Status() == StatusCodes.Status204NoContent) return new Redirection(ConsoleRoutes.Keys);
        return context.Request.WantsPage() ? Page(context, null, answer.Message<ProblemMessage>()) : answer;
    }

    private PageResult<KeysPage> Page(HttpContext context, KeyMessage? made, ProblemMessage? problem)
    {
        IResult list = keys.List(context);
        problem ??= list.Message<ProblemMessage>();
        return new PageResult<KeysPage>(
            new() { [nameof(KeysPage.List)] = list.Message<KeyListMessage>(), [nameof(KeysPage.Made)] = made, [nameof(KeysPage.Problem)] = problem },
            problem?.Status ?? StatusCodes.Status200OK);
    }
}
