using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Scheduler.Server.Persistence;
using Scheduler.State.Ports;

namespace Scheduler.Server.Standby;

/// <summary>The file that a replica starts from when its store cannot be reached: two lines of JSON, what it is with a checksum, and what it holds.</summary>
/// <param name="directory">Where it lies; made when the file is first written.</param>
public sealed class StandbyFile(string directory)
{
    /// <summary>Its name.</summary>
    public const string FileName = "standby.json";

    private const byte NewLine = (byte)'\n';

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(directory, FileName);

    /// <summary>Writes it in place of the one before: after a crash there is the one or the other, never a part.</summary>
    /// <param name="state">What it is to hold.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write there.</exception>
    public void Write(StandbyState state)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(StandbyDocument.Of(state), StandbyJson.Default.StandbyDocument);
        var header = new StandbyHeader(StandbyHeader.Name, StandbyHeader.Newest, Convert.ToHexStringLower(SHA256.HashData(content)));
        DurableFile.Replace(Path, [.. JsonSerializer.SerializeToUtf8Bytes(header, StandbyJson.Default.StandbyHeader), NewLine, .. content, NewLine]);
    }

    /// <summary>Reads it, and judges whether a replica may serve from it.</summary>
    /// <param name="name">Name of the replica that asks.</param>
    /// <param name="now">The time.</param>
    public StandbyReading Read(string name, DateTimeOffset now)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new StandbyReading.Refused(fault is FileNotFoundException or DirectoryNotFoundException ? "is not there" : $"cannot be read: {fault.Message}");
        }

        return Parse(bytes, out StandbyState? state) is { } fault2 ? new StandbyReading.Refused(fault2) : Judge(state!, name, now);
    }

    private static StandbyReading Judge(StandbyState state, string name, DateTimeOffset now)
    {
        if (state.Name != name) return new StandbyReading.Refused($"is of the replica '{state.Name}', and this one is '{name}' (Scheduler:Cluster:Name)");
        // Another replica may hold the number by now, and whoever assigned under it as well could fill nodes twice.
        if (now - state.Configuration.ConfirmedAt > IMembership.Rest)
            return new StandbyReading.Refused(string.Create(CultureInfo.InvariantCulture,
                $"was last confirmed {state.Configuration.ConfirmedAt:u}, over {IMembership.Rest.TotalHours:0} hours ago: the replica's number may be another's by now"));
        return new StandbyReading.Sound(state);
    }

    /// <summary>Reads the bytes; tells what is wrong with them.</summary>
    private static string? Parse(ReadOnlySpan<byte> bytes, out StandbyState? state)
    {
        state = null;
        int end = bytes.IndexOf(NewLine);
        if (end < 0 || bytes[^1] != NewLine) return "was cut off";
        ReadOnlySpan<byte> content = bytes[(end + 1)..].TrimEnd(NewLine);
        try
        {
            // The header first, and leniently: another version may say more in it.
            using JsonDocument first = JsonDocument.Parse(bytes[..end].ToArray());
            if (first.RootElement.ValueKind != JsonValueKind.Object || !first.RootElement.TryGetProperty("format", out JsonElement format) || !format.ValueEquals(StandbyHeader.Name))
                return "is not a standby file";
            if (!first.RootElement.TryGetProperty("version", out JsonElement version) || !version.TryGetInt32(out int number) || number != StandbyHeader.Newest)
                return $"has another version than {StandbyHeader.Newest}, which this program reads";
            StandbyHeader header = JsonSerializer.Deserialize(bytes[..end], StandbyJson.Default.StandbyHeader)!;
            if (header.Sha256 != Convert.ToHexStringLower(SHA256.HashData(content))) return "is damaged: its checksum does not fit what it holds";
            state = JsonSerializer.Deserialize(content, StandbyJson.Default.StandbyDocument)!.ToState();
            return null;
        }
        catch (JsonException fault)
        {
            return $"cannot be read: {fault.Message}";
        }
    }
}
