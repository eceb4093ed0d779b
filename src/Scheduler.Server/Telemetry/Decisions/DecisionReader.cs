using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Hosting;

namespace Scheduler.Server.Telemetry.Decisions;

/// <summary>Finds the decisions on a session in the log: it is read from its beginning, as bytes, and of its lines only those of the session are understood.</summary>
internal sealed class DecisionReader(DecisionLogOptions options)
{
    /// <summary>Share of the sessions that are kept.</summary>
    public double Sample => options.Sample;

    /// <summary>The decisions on a session, the oldest first.</summary>
    /// <param name="session">Its name.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public async Task<List<LoggedDecisionMessage>> FindAsync(string session, CancellationToken cancellation)
    {
        byte[] beginning = Encoding.UTF8.GetBytes($"{{\"session\":\"{session}\"");
        var found = new List<LoggedDecisionMessage>();
        foreach (string path in (string[])[RollingFile.OlderOf(options.Path), options.Path])
            if (File.Exists(path)) await FindAsync(path, beginning, found, cancellation);
        return found;
    }

    private static async Task FindAsync(string path, byte[] beginning, List<LoggedDecisionMessage> found, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        PipeReader reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 256 * 1024));
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellation);
            ReadOnlySequence<byte> left = read.Buffer;
            while (left.PositionOf((byte)'\n') is { } end)
            {
                if (Begins(left, beginning) && Read(left.Slice(0, end)) is { } decision) found.Add(decision);
                left = left.Slice(left.GetPosition(1, end));
            }
            reader.AdvanceTo(left.Start, left.End);
            if (read.IsCompleted) return; // a line without an end is one that is being written
        }
    }

    private static bool Begins(in ReadOnlySequence<byte> line, ReadOnlySpan<byte> beginning)
    {
        if (line.FirstSpan.Length >= beginning.Length) return line.FirstSpan.StartsWith(beginning);
        return line.Length >= beginning.Length && line.Slice(0, beginning.Length).ToArray().AsSpan().SequenceEqual(beginning);
    }

    private static LoggedDecisionMessage? Read(in ReadOnlySequence<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line.ToArray(), AdminJson.Wire.LoggedDecisionMessage);
        }
        catch (JsonException)
        {
            return null; // cut off by a crash
        }
    }
}
