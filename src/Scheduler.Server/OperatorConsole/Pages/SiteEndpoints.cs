using System.Collections.Immutable;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.Access;
using Scheduler.Server.OperatorConsole.History;
using Scheduler.Server.OperatorConsole.Live;
using Scheduler.Server.OperatorConsole.Parts;
using Scheduler.Server.Security;
using Scheduler.State.Ports;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>The world, the table of sites, and the page of one.</summary>
internal sealed class SiteEndpoints(SiteBoard board, SiteHistory history, IRevisionStore revisions)
{
    /// <summary>Revisions in which a site is looked for: the newest.</summary>
    public const int RevisionsLookedAt = 30;

    /// <summary>Maps the pages.</summary>
    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet(ConsoleRoutes.World, () => new PageResult<WorldPage>([])).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Sites, () => new PageResult<SitesPage>([])).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Sites + "/{id}", SiteAsync).RequireVisitor(AdminRole.Viewer);
        console.MapGet(ConsoleRoutes.Sites + "/{id}/plots", (string id) => new PageResult<SitePlots>(new()
        {
            [nameof(SitePlots.Site)] = id, [nameof(SitePlots.Hour)] = history.Hour(id), [nameof(SitePlots.Day)] = history.Day(id),
        })).RequireVisitor(AdminRole.Viewer);
    }

    private async Task<IResult> SiteAsync(HttpContext context, string id, CancellationToken cancellation)
    {
        if (board.Row(id) is not { } row) return Absence.Of(context, $"There is no site '{id}' in the fleet.");
        return new PageResult<SitePage>(new() { [nameof(SitePage.Row)] = row, [nameof(SitePage.Touched)] = await TouchedAsync(row, cancellation) });
    }

    /// <summary>The newest revisions that changed something of a site, of its nodes, or drained it.</summary>
    private async Task<IReadOnlyList<(RevisionMessage, IReadOnlyList<string>)>> TouchedAsync(SiteRow row, CancellationToken cancellation)
    {
        string[] names = [row.Site.Id, .. (row.Site.NodeList ?? []).Select(node => node.Id)];
        var touched = new List<(RevisionMessage, IReadOnlyList<string>)>();
        ImmutableArray<Revision> newest = await revisions.ListAsync(new RevisionQuery(null, RevisionsLookedAt), cancellation);
        StoredRevision? after = null;
        foreach (Revision revision in newest)
        {
            after ??= await revisions.ReadAsync(revision.Number, cancellation);
            StoredRevision? before = await revisions.ReadAsync(revision.Number - 1, cancellation);
            if (after is not null && before is not null)
            {
                string[] paths = [.. RevisionDiffs.Between(before.Documents, after.Documents).Where(change => Names(change, names)).Select(change => change.Path)];
                if (paths.Length > 0) touched.Add((RevisionEndpoints.Message(revision), paths));
            }
            after = before;
        }
        return touched;
    }

    private static bool Names(ChangeMessage change, string[] names) => names.Any(name =>
        IsIn(change.Path, name) || (change.Path.StartsWith("drains", StringComparison.Ordinal) && (IsIn(change.After?.GetRawText(), name) || IsIn(change.Before?.GetRawText(), name))));

    /// <summary>True where a name stands as a whole: lon1 is not in lon10.</summary>
    private static bool IsIn(string? text, string name)
    {
        for (int at = text?.IndexOf(name, StringComparison.Ordinal) ?? -1; at >= 0; at = text!.IndexOf(name, at + 1, StringComparison.Ordinal))
            if ((at == 0 || !IsWord(text![at - 1])) && (at + name.Length == text!.Length || !IsWord(text[at + name.Length]))) return true;
        return false;

        static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';
    }
}
