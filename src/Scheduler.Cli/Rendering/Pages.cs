using System.Text.Json.Serialization.Metadata;
using Scheduler.Client;

namespace Scheduler.Cli.Rendering;

/// <summary>Reads lists that come in pages.</summary>
internal static class Pages
{
    private const int MostPerPage = 200;

    /// <summary>Reads as many rows as are wanted, page after page.</summary>
    /// <param name="context">The run.</param>
    /// <param name="path">The call, with its parameters.</param>
    /// <param name="type">How a page is read.</param>
    /// <param name="open">Its rows, and the cursor of the next page; null on the last.</param>
    /// <param name="wanted">How many rows at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<Result<List<TRow>>> ReadAsync<TPage, TRow>(
        CommandContext context, string path, JsonTypeInfo<TPage> type, Func<TPage, (IReadOnlyList<TRow>? Rows, string? Next)> open, int wanted,
        CancellationToken cancellation)
        where TPage : class
    {
        var rows = new List<TRow>();
        string? cursor = null;
        do
        {
            string next = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            string part = $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={Math.Min(wanted - rows.Count, MostPerPage)}{next}";
            Result<TPage> page = await context.Api.GetAsync(path + part, type, cancellation);
            if (!page.IsOk) return page.Problem;
            (IReadOnlyList<TRow>? more, cursor) = open(page.Value);
            if (more is not { Count: > 0 }) break;
            rows.AddRange(more.Take(wanted - rows.Count));
        }
        while (cursor is not null && rows.Count < wanted);
        return rows;
    }
}
