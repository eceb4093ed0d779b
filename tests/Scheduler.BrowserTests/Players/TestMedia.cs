using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Scheduler.BrowserTests.Players;

/// <summary>A test picture that moves, in segments of a second, for HLS and DASH alike; made by ffmpeg when it is needed.</summary>
internal sealed partial class TestMedia
{
    private const int LengthS = 120;

    private readonly string _mpd;
    private readonly string _codecs;

    private TestMedia(string directory)
    {
        Directory = directory;
        _mpd = File.ReadAllText(Path.Combine(directory, "manifest.mpd"));
        _codecs = Codecs().Match(_mpd).Groups["codecs"].Value;
    }

    /// <summary>Where the segments are, and the playlist of the one rendition.</summary>
    public string Directory { get; }

    /// <summary>Makes it.</summary>
    public static async Task<TestMedia> MakeAsync(string directory)
    {
        var start = new ProcessStartInfo("ffmpeg") { WorkingDirectory = directory, RedirectStandardError = true };
        foreach (string argument in (string[])[
            "-v", "error", "-f", "lavfi", "-i", $"testsrc=size=160x90:rate=10:duration={LengthS}", "-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "baseline", "-pix_fmt", "yuv420p",
            "-b:v", "100k", "-g", "10", "-keyint_min", "10", "-sc_threshold", "0", "-f", "dash", "-seg_duration", "1", "-use_template", "1", "-use_timeline", "0", "-hls_playlist", "1",
            "manifest.mpd"]) start.ArgumentList.Add(argument);
        using Process ffmpeg = Process.Start(start)!;
        string errors = await ffmpeg.StandardError.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, errors);
        return new TestMedia(directory);
    }

    /// <summary>A multivariant playlist with a pathway for each site, as a packager would write it with what <c>scheduler steering tag</c> prints.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="pathways">Id and address of each pathway.</param>
    public string Playlist(string tag, IEnumerable<(string Id, string Url)> pathways) =>
        $"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n{tag}\n" + string.Concat(pathways.Select(pathway =>
            $"#EXT-X-STREAM-INF:BANDWIDTH=150000,RESOLUTION=160x90,CODECS=\"{_codecs}\",PATHWAY-ID=\"{pathway.Id}\",STABLE-VARIANT-ID=\"v\"\n{pathway.Url}media_0.m3u8\n"));

    /// <summary>An MPD with a service location for each site.</summary>
    /// <param name="element">The element that points at the scheduler.</param>
    /// <param name="pathways">Id and address of each.</param>
    public string Mpd(string element, IEnumerable<(string Id, string Url)> pathways) => PeriodStart().Replace(
        _mpd, string.Concat(pathways.Select(pathway => $"<BaseURL serviceLocation=\"{pathway.Id}\">{pathway.Url}</BaseURL>\n")) + element + "\n<Period", 1);

    [GeneratedRegex("codecs=\"(?<codecs>[^\"]+)\"")]
    private static partial Regex Codecs();

    [GeneratedRegex("<Period")]
    private static partial Regex PeriodStart();
}
