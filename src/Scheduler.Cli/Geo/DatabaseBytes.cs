namespace Scheduler.Cli.Geo;

/// <summary>Recognises databases as they are downloaded, which cannot be read as they are.</summary>
internal static class DatabaseBytes
{
    /// <summary>What to tell of a compressed file.</summary>
    public const string Compressed = "compressed with gzip: unpack it first";

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>Whether a file is a gzip archive.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> file) => file.StartsWith(GzipMagic);
}
