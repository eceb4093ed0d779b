using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.State.Drains;

namespace Scheduler.Server.Persistence;

/// <summary>Local drains as bytes: a line each in the journal, a list between peers.</summary>
public static class LocalDrainCodec
{
    /// <summary>What a replica knows, for its peers.</summary>
    /// <param name="drains">The drains, cancelled ones too.</param>
    public static byte[] Write(IEnumerable<LocalDrain> drains) =>
        JsonSerializer.SerializeToUtf8Bytes([.. drains.Select(StoredLocalDrain.Of)], StoredJson.Default.StoredLocalDrainArray);

    /// <summary>What a peer knows; null when the bytes are none that <see cref="Write"/> gave.</summary>
    /// <param name="bytes">Bytes of any content.</param>
    public static ImmutableArray<LocalDrain>? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, StoredJson.Default.StoredLocalDrainArray) is { } stored && stored.All(drain => drain is not null)
                ? [.. stored.Select(drain => drain.ToLocalDrain())]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A line of the journal, without its end.</summary>
    internal static byte[] WriteLine(LocalDrain drain) => JsonSerializer.SerializeToUtf8Bytes(StoredLocalDrain.Of(drain), StoredJson.Default.StoredLocalDrain);

    /// <summary>What a line of the journal tells.</summary>
    /// <exception cref="JsonException">It is none that <see cref="WriteLine"/> gave.</exception>
    internal static LocalDrain ReadLine(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, StoredJson.Default.StoredLocalDrain)?.ToLocalDrain() ?? throw new JsonException("it is null");
}
