using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Protocol.Admin;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Which part of a list is asked for: <c>?cursor=</c> from the page before, and <c>?limit=</c>.</summary>
/// <param name="After">The last item of the page before: its number, position or revision; null for the first page.</param>
/// <param name="Limit">How many items, in [1, 200]; 50 when it is not given.</param>
internal sealed record Page(long? After, int Limit)
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 200;

    /// <summary>Reads the query.</summary>
    /// <returns>Null, with the answer, when a parameter is malformed.</returns>
    public static Page? Read(HttpRequest request, out IResult? problem)
    {
        var faults = ImmutableArray.CreateBuilder<ProblemFieldMessage>();
        Page page = Read(request, faults);
        problem = faults.Count == 0 ? null : Problem.MalformedRequest("A query parameter is at fault.", faults.ToImmutable());
        return problem is null ? page : null;
    }

    /// <summary>Reads the query, and adds what is wrong with it to the faults of the other parameters.</summary>
    public static Page Read(HttpRequest request, ImmutableArray<ProblemFieldMessage>.Builder faults)
    {
        long? after = null;
        int limit = DefaultLimit;
        if (request.Query["cursor"] is [{ } cursor, ..])
        {
            if (long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0) after = value;
            else faults.Add(new ProblemFieldMessage("cursor", "must be the value of next of the page before"));
        }

        if (request.Query["limit"] is [{ } text, ..]
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
        {
            faults.Add(new ProblemFieldMessage("limit", $"must be a whole number from 1 to {MostLimit}"));
        }

        return new Page(after, limit);
    }

    /// <summary>The cursor that stands for an item.</summary>
    public static string Cursor(long item) => item.ToString(CultureInfo.InvariantCulture);
}
