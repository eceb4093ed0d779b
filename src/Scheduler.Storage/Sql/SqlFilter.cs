using Dapper;

namespace Scheduler.Storage.Sql;

/// <summary>The conditions of a list, as SQL with parameters; a condition that is null is none.</summary>
internal sealed class SqlFilter
{
    private readonly List<string> _conditions = [];

    /// <summary>The values.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>The <c>WHERE</c> clause; empty without any condition.</summary>
    public string Where => _conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _conditions);

    /// <summary>The column is the value.</summary>
    public SqlFilter Equal(string column, object? value) => Add(column, "=", value);

    /// <summary>One of two columns is the value.</summary>
    public SqlFilter EitherEqual(string column, string other, string? value)
    {
        if (value is null) return this;
        string name = Name(value);
        _conditions.Add($"({column} = @{name} OR {other} = @{name})");
        return this;
    }

    /// <summary>The column is less than the value.</summary>
    public SqlFilter Less(string column, long? value) => Add(column, "<", value);

    /// <summary>The column is the value at least.</summary>
    public SqlFilter AtLeast(string column, long? value) => Add(column, ">=", value);

    /// <summary>The column, a time, lies in a half-open interval.</summary>
    public SqlFilter Between(string column, DateTimeOffset? since, DateTimeOffset? until) => this
        .AtLeast(column, since is { } first ? Timestamps.ToMicroseconds(first) : null)
        .Less(column, until is { } end ? Timestamps.ToMicroseconds(end) : null);

    /// <summary>The column has the text in it, ASCII letters in either case.</summary>
    public SqlFilter Contains(string column, string? text)
    {
        if (text is null) return this;
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        // Both sides in lower case, since LIKE heeds the case in one engine and not in the other. Of the column, lower() changes ASCII letters alone: in PostgreSQL by its collation.
        _conditions.Add($"lower({column}) LIKE @{Name($"%{AsciiLower(escaped)}%")} ESCAPE '\\'");
        return this;
    }

    private static string AsciiLower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    private SqlFilter Add(string column, string comparison, object? value)
    {
        if (value is not null) _conditions.Add($"{column} {comparison} @{Name(value)}");
        return this;
    }

    private string Name(object value)
    {
        string name = $"p{_conditions.Count}";
        Parameters.Add(name, value);
        return name;
    }
}
