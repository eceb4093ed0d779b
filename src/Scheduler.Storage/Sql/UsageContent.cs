using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Scheduler.State.Usage;

namespace Scheduler.Storage.Sql;

/// <summary>The rows of an hour as bytes: JSON, compressed, since hours are kept for a year and a row of each would be millions.</summary>
/// <param name="Sites">What sites carried.</param>
/// <param name="Tenants">What was done for whom.</param>
internal sealed record UsageContent(ImmutableArray<SiteUsage> Sites, ImmutableArray<TenantUsage> Tenants)
{
    /// <summary>Writes them.</summary>
    public static byte[] Of(UsageHour hour)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest))
            JsonSerializer.Serialize(compressed, new UsageContent(hour.Sites, hour.Tenants), UsageJson.Default.UsageContent);
        return bytes.ToArray();
    }

    /// <summary>The hour that they are the rows of.</summary>
    public UsageHour ToHour(DateTimeOffset start, long writer) => new(start, writer, Sites, Tenants);

    /// <summary>Reads them.</summary>
    /// <exception cref="StoreException">They are damaged.</exception>
    public static UsageContent Read(byte[] content)
    {
        try
        {
            using var compressed = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(compressed, UsageJson.Default.UsageContent) ?? throw new StoreException("The store holds an hour of usage that is nothing.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException)
        {
            throw new StoreException($"The store holds an hour of usage that cannot be read: {fault.Message}", fault);
        }
    }
}
