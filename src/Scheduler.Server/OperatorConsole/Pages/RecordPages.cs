using System.Globalization;
using System.Text.Json.Nodes;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Auditing;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.Forms;
using Scheduler.Server.Security;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>What was changed and who asked for what: revisions with their differences, the way back, and the audit log.</summary>
internal sealed class RecordPages(RevisionEndpoints revisions, AuditEndpoints audit)
{
    /// <summary>Maps the pages and forms.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.Revisions, RevisionsAsync).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Revisions + "/{n}", (HttpContext context, string n, CancellationToken cancellation) => RevisionAsync(context, n, null, null, cancellation)).RequireVisitor(AdminRole.Viewer);
        console.MapPost(ConsoleRoutes.Revisions + "/{n}/rollback", RollbackAsync).RequireVisitor(AdminRole.Operator);
        console.MapGet(ConsoleRoutes.Audit, AuditAsync).RequireVisitor(AdminRole.Viewer);
    }

    private async Task<IResult> RevisionsAsync(HttpContext context, CancellationToken cancellation)
    {
        LeaveOutEmpty(context);
        IResult answer = await revisions.ListAsync(context, cancellation);
        return new PageResult<RevisionsPage>(
            new() { [nameof(RevisionsPage.List)] = answer.Message<RevisionListMessage>(), [nameof(RevisionsPage.Problem)] = answer.Message<ProblemMessage>() }, answer.Status());
    }

    private async Task<IResult> RevisionAsync(HttpContext context, string n, DryRunMessage? foreseen, ProblemMessage? problem, CancellationToken cancellation)
    {
        context.Ask(("format", null));
        IResult answer = await revisions.DiffAsync(context, n, cancellation);
        if (answer.Message<RevisionDiffMessage>() is not { } diff) return Absence.Of(context, $"There is no revision '{n}'.");
        return new PageResult<RevisionPage>(
            new() { [nameof(RevisionPage.Diff)] = diff, [nameof(RevisionPage.Foreseen)] = foreseen, [nameof(RevisionPage.Problem)] = problem }, problem?.Status ?? StatusCodes.Status200OK);
    }

    private async Task<IResult> RollbackAsync(HttpContext context, string n, CancellationToken cancellation)
    {
        PostedForm form = context.GetForm();
        context.Ask(new JsonObject { ["reason"] = form["reason"], ["force"] = form.IsTicked("force") ? true : null });
        if (form["step"] != "do")
        {
            context.Features.Set(new DryRunFeature());
            context.Request.Headers.Remove(RequestMarks.Header); // who looks first must be able to press the other button of the same form
        }
        IResult answer = await revisions.RollbackAsync(context, n, cancellation);
        if (answer.Message<RollbackMessage>() is { } done) return new Redirection(string.Create(CultureInfo.InvariantCulture, $"{ConsoleRoutes.Revisions}/{done.Revision}"));
        return context.Request.WantsPage() ? await RevisionAsync(context, n, answer is DryRunResult dry ? await dry.ForeseeAsync(context) : null, answer.Message<ProblemMessage>(), cancellation) : answer;
    }

    private async Task<IResult> AuditAsync(HttpContext context, CancellationToken cancellation)
    {
        LeaveOutEmpty(context);
        IResult answer = await audit.ListAsync(context, cancellation);
        return new PageResult<AuditPage>(
            new() { [nameof(AuditPage.List)] = answer.Message<AuditListMessage>(), [nameof(AuditPage.Problem)] = answer.Message<ProblemMessage>() }, answer.Status());
    }

    /// <summary>An empty field of a form is an absent parameter of the call.</summary>
    private static void LeaveOutEmpty(HttpContext context)
    {
        var query = new QueryString();
        foreach (var (name, value) in context.Request.Query)
            if (value.ToString() is { Length: > 0 } text && name != "format") query = query.Add(name, text);
        context.Request.QueryString = query;
    }
}
