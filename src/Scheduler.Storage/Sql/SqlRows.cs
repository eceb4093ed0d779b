using System.Data.Common;
using System.Text;
using Dapper;

namespace Scheduler.Storage.Sql;

/// <summary>Inserts many rows with few statements: a first fleet brings ten thousand names, and each statement is a way to the database and back.</summary>
internal static class SqlRows
{
    /// <summary>Values of one statement at most; SQLite takes 32,766 and PostgreSQL 65,535.</summary>
    private const int MostValues = 4_096;

    /// <summary>Inserts rows, in their order.</summary>
    /// <param name="connection">That of a write.</param>
    /// <param name="table">Where to.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="rows">For each the values, in the order of the columns.</param>
    public static async Task InsertAsync(DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows)
    {
        foreach (object?[][] chunk in rows.Chunk(MostValues / columns.Length))
        {
            var text = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
            var parameters = new DynamicParameters();
            for (int row = 0; row < chunk.Length; row++)
            {
                text.Append(row == 0 ? "(" : ", (");
                for (int column = 0; column < columns.Length; column++)
                {
                    string name = $"r{row}c{column}";
                    text.Append(column == 0 ? "@" : ", @").Append(name);
                    parameters.Add(name, chunk[row][column]);
                }
                text.Append(')');
            }
            // Not to be remembered: there is a text for each number of rows.
            await connection.ExecuteAsync(new CommandDefinition(text.ToString(), parameters, flags: CommandFlags.NoCache));
        }
    }
}
