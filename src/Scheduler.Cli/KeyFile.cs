namespace Scheduler.Cli;

/// <summary>The admin key that a scheduler leaves beside its store on its first start.</summary>
internal static class KeyFile
{
    /// <summary>Where it lies, seen from the directory that the scheduler was started in.</summary>
    public const string RelativePath = "data/admin.key";

    /// <summary>The key for a scheduler; null when there is none to read.</summary>
    /// <param name="directory">Where to look.</param>
    /// <param name="url">
    /// The scheduler that is going to get it: only one on this machine does. A key that was found, not given, must not leave for wherever
    /// <c>--url</c> points.
    /// </param>
    public static string? Read(string directory, Uri url)
    {
        if (!url.IsLoopback) return null;
        try
        {
            string path = Path.Combine(directory, RelativePath);
            string text = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
            return text.Length is > 0 and <= 512 ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // another user's: the call then fails with 401 and says what to do
        }
    }
}
