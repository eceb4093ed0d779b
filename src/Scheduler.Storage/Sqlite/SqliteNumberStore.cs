using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sqlite;

/// <summary>Permanent numbers in SQLite. Rows are never deleted, so that the highest number is the last one given.</summary>
/// <param name="database">The file.</param>
public sealed class SqliteNumberStore(SqliteDatabase database) : INumberStore
{
    /// <inheritdoc/>
    public async ValueTask<int[]> NumberAsync(NumberKind kind, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        // Mostly every name is known: a read then spares the write lock.
        if (await database.ReadAsync(connection => Known(connection, kind, names), cancellation) is { } numbers) return numbers;
        return await database.WriteAsync(
            connection =>
            {
                Add(connection, kind, names);
                return Known(connection, kind, names)!;
            },
            cancellation);
    }

    private static Dictionary<string, int> All(SqliteConnection connection, NumberKind kind) => connection
        .Query<(string Name, int Number)>("SELECT name, number FROM numbers WHERE kind = @kind", new { kind = (int)kind })
        .ToDictionary(row => row.Name, row => row.Number, StringComparer.Ordinal);

    /// <summary>The numbers in the order of the names; null when a name has none yet.</summary>
    private static int[]? Known(SqliteConnection connection, NumberKind kind, IReadOnlyList<string> names)
    {
        Dictionary<string, int> all = All(connection, kind);
        int[] numbers = new int[names.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!all.TryGetValue(names[i], out numbers[i])) return null;
        }

        return numbers;
    }

    private static void Add(SqliteConnection connection, NumberKind kind, IReadOnlyList<string> names)
    {
        Dictionary<string, int> all = All(connection, kind);
        int last = all.Count == 0 ? 0 : all.Values.Max();

        // One prepared statement: a first fleet brings ten thousand names.
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO numbers (kind, name, number) VALUES ($kind, $name, $number)";
        insert.Parameters.AddWithValue("$kind", (int)kind);
        SqliteParameter nameOf = insert.Parameters.Add("$name", SqliteType.Text);
        SqliteParameter numberOf = insert.Parameters.Add("$number", SqliteType.Integer);
        foreach (string name in names)
        {
            if (!all.TryAdd(name, last + 1)) continue;
            last++;
            nameOf.Value = name;
            numberOf.Value = last;
            insert.ExecuteNonQuery();
        }
    }
}
