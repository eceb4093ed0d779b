namespace Scheduler.Tests.Core.Geo;

/// <summary>Damages a file as disks, networks and attackers do. The same chance makes the same damage.</summary>
internal static class MmdbMutation
{
    /// <summary>What decoders trip over: ends of ranges, control bytes of every size form, pointers, extended types.</summary>
    private static ReadOnlySpan<byte> Telling => [0x00, 0x01, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x28, 0x38, 0x3F, 0x5F, 0x7F, 0x80, 0xC1, 0xE0, 0xE1, 0xFE, 0xFF];

    /// <summary>A copy with one to four changes; with one more often than not, as later checks are met only by what passes the earlier ones.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="other">Another file, pieces of which are spliced in.</param>
    /// <param name="random">Decides everything.</param>
    public static byte[] Apply(byte[] whole, byte[] other, Random random)
    {
        byte[] file = [.. whole];
        for (int changes = Math.Max(1, random.Next(-4, 5)); changes > 0 && file.Length > 0; changes--) file = Change(file, other, random);
        return file;
    }

    private static byte[] Change(byte[] file, byte[] other, Random random)
    {
        int at = Place(file, random);
        switch (random.Next(16))
        {
            case < 5: // flip
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case < 11: // overwrite
                for (int end = Math.Min(file.Length, at + random.Next(1, 9)); at < end; at++)
                    file[at] = random.Next(2) == 0 ? Telling[random.Next(Telling.Length)] : (byte)random.Next(256);
                return file;
            case < 12: // truncate, at either end
                return random.Next(2) == 0 ? file[..at] : file[at..];
            case < 13: // cut out
                return [.. file[..at], .. file[Math.Min(file.Length, at + random.Next(1, 33))..]];
            case < 14: // insert
                byte[] more = new byte[random.Next(1, 33)];
                random.NextBytes(more);
                return [.. file[..at], .. more, .. file[at..]];
            default: // splice: a piece of this file or of the other one over what stands here
                byte[] from = random.Next(2) == 0 ? file : other;
                int start = random.Next(from.Length), length = Math.Min(random.Next(1, 129), Math.Min(from.Length - start, file.Length - at));
                from.AsSpan(start, length).CopyTo(file.AsSpan(at));
                return file;
        }
    }

    /// <summary>Mostly anywhere; else at the root of the tree or in the metadata, on which most depends.</summary>
    private static int Place(byte[] file, Random random)
    {
        int near = Math.Min(file.Length, 256);
        return random.Next(10) switch
        {
            0 => random.Next(near),
            1 => file.Length - 1 - random.Next(near),
            _ => random.Next(file.Length),
        };
    }
}
