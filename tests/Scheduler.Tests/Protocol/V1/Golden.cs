namespace Scheduler.Tests.Protocol.V1;

/// <summary>Wire forms that callers rely on, byte for byte, in <c>golden/</c>.</summary>
internal static class Golden
{
    public static void Matches(string file, ReadOnlySpan<byte> actual)
    {
        using Stream? stream = typeof(Golden).Assembly.GetManifestResourceStream("golden." + file);
        Assert.True(stream is not null, $"golden/{file} does not exist; the answer is now\n{WireSamples.Text(actual)}");
        using StreamReader reader = new(stream);
        Assert.Equal(reader.ReadToEnd().TrimEnd('\n'), WireSamples.Text(actual));
    }
}
