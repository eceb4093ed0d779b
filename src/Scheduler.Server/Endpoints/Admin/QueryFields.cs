using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Protocol.Admin;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>The parameters of a list, read one by one; what is wrong is collected, so that the caller learns of every fault at once.</summary>
/// <param name="request">The request.</param>
internal sealed class QueryFields(HttpRequest request)
{
    private const int MostTextLength = 200;
    private readonly ImmutableArray<ProblemFieldMessage>.Builder _faults = ImmutableArray.CreateBuilder<ProblemFieldMessage>();

    /// <summary>A text of 1 to 200 characters; null when it is not given.</summary>
    public string? Text(string name)
    {
        if (request.Query[name] is not [{ } text, ..]) return null;
        if (text.Length is > 0 and <= MostTextLength && !text.Any(char.IsControl)) return text;
        Fault(name, $"must be a text of 1 to {MostTextLength} characters without control characters");
        return null;
    }

    /// <summary>A time, RFC 3339 with its offset; null when it is not given.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (request.Query[name] is not [{ } text, ..]) return null;
        // A plus sign that was not escaped has come as a blank.
        string spelled = text.Replace(' ', '+');
        bool hasOffset = spelled.EndsWith('Z') || (spelled.Length > 6 && spelled[^6] is '+' or '-' && spelled[^3] == ':');
        if (hasOffset && DateTimeOffset.TryParse(spelled, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)) return time;
        Fault(name, "must be a time in RFC 3339 with its offset, such as 2030-01-31T12:00:00Z");
        return null;
    }

    /// <summary>A whole number of at least 0; null when it is not given.</summary>
    public long? Number(string name)
    {
        if (request.Query[name] is not [{ } text, ..]) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return number;
        Fault(name, "must be a whole number");
        return null;
    }

    /// <summary>One of some words; null when it is not given.</summary>
    public T? Word<T>(string name, IReadOnlyList<(T Value, string Word)> words)
        where T : struct
    {
        if (request.Query[name] is not [{ } text, ..]) return null;
        foreach ((T value, string word) in words)
            if (word == text) return value;
        Fault(name, $"must be one of {string.Join(", ", words.Select(entry => entry.Word))}");
        return null;
    }

    /// <summary>Says that a parameter is at fault.</summary>
    public void Fault(string name, string reason) => _faults.Add(new ProblemFieldMessage(name, reason));

    /// <summary>Which part of the list is asked for, and what is wrong with any parameter.</summary>
    /// <returns>Null, with the answer, when one is malformed.</returns>
    public Page? Page(out IResult? problem)
    {
        Page? page = Admin.Page.Read(request, _faults);
        problem = _faults.Count == 0 ? null : Problem.MalformedRequest("A query parameter is at fault.", _faults.ToImmutable());
        return problem is null ? page : null;
    }
}
