using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>Permanent numbers in a database. Rows are never deleted, so that the highest number is the last one given.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlNumberStore(SqlDatabase database) : INumberStore
{
    private static readonly string[] Columns = ["kind", "name", "number"];

    /// <inheritdoc/>
    public async ValueTask<int[]> NumberAsync(NumberKind kind, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        // Mostly every name is known: a read then spares the write.
        if (await database.ReadAsync(async connection => Known(await AllAsync(connection, kind), names), cancellation) is { } numbers) return numbers;
        return await database.WriteAsync(
            WriteTurn.Numbers,
            async connection =>
            {
                Dictionary<string, int> all = await AllAsync(connection, kind);
                await AddAsync(connection, kind, names, all);
                return Known(all, names)!;
            },
            cancellation);
    }

    /// <summary>Writes rows as they were in another store, in the transaction of the caller.</summary>
    internal static Task RestoreAsync(DbConnection connection, IEnumerable<(long Kind, string Name, long Number)> rows) =>
        SqlRows.InsertAsync(connection, "numbers", Columns, rows.Select(row => new object?[] { row.Kind, row.Name, row.Number }));

    private static async Task<Dictionary<string, int>> AllAsync(DbConnection connection, NumberKind kind) =>
        (await connection.QueryAsync<(string Name, int Number)>("SELECT name, number FROM numbers WHERE kind = @kind", new { kind = (int)kind }))
        .ToDictionary(row => row.Name, row => row.Number, StringComparer.Ordinal);

    /// <summary>The numbers in the order of the names; null when a name has none yet.</summary>
    private static int[]? Known(Dictionary<string, int> all, IReadOnlyList<string> names)
    {
        int[] numbers = new int[names.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!all.TryGetValue(names[i], out numbers[i])) return null;
        }

        return numbers;
    }

    /// <summary>Gives numbers to the names that have none, and adds them to the known ones.</summary>
    private static async Task AddAsync(DbConnection connection, NumberKind kind, IReadOnlyList<string> names, Dictionary<string, int> all)
    {
        int last = all.Count == 0 ? 0 : all.Values.Max();
        var added = new List<(long Kind, string Name, long Number)>();
        foreach (string name in names)
        {
            if (all.TryAdd(name, last + 1)) added.Add(((long)kind, name, ++last));
        }
        await RestoreAsync(connection, added);
    }
}
