using System.Text;

namespace Scheduler.Cli.Watching;

/// <summary>Reads server-sent events (WHATWG HTML, section 9.2).</summary>
/// <param name="input">The stream, a line at a time.</param>
internal sealed class ServerEventReader(TextReader input)
{
    private readonly StringBuilder _data = new();
    private string _type = "";

    /// <summary>Id of the last event that named one; null before the first. It holds for events that name none.</summary>
    public string? LastId { get; private set; }

    /// <summary>The last comment that said more than that the connection lives; null without one.</summary>
    public string? LastComment { get; private set; }

    /// <summary>The next event.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when the stream has ended; what had come of an event until then is no event.</returns>
    public async Task<ServerEvent?> NextAsync(CancellationToken cancellation)
    {
        while (await input.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length > 0) Take(line);
            else if (Dispatch() is { } whole) return whole;
        }
        return null;
    }

    private void Take(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        (string field, string value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..]);
        if (value.StartsWith(' ')) value = value[1..];
        switch (field)
        {
            case "" when value != "still here":
                LastComment = value;
                break;
            case "id" when !value.Contains('\0', StringComparison.Ordinal):
                LastId = value;
                break;
            case "event":
                _type = value;
                break;
            case "data":
                if (_data.Length > 0) _data.Append('\n');
                _data.Append(value);
                break;
        }
    }

    private ServerEvent? Dispatch()
    {
        ServerEvent? whole = _data.Length == 0 ? null : new ServerEvent(LastId ?? "", _type.Length == 0 ? "message" : _type, _data.ToString());
        _data.Clear();
        _type = "";
        return whole;
    }
}
