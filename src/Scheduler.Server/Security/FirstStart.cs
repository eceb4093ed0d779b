using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>The first start of a store that no one has a key for: an admin key is made, and told once.</summary>
/// <param name="AdminKey">The new key, to be printed once.</param>
/// <param name="KeyFile">Where it was written, readable by the owner only.</param>
public sealed record FirstStart(string AdminKey, string KeyFile)
{
    /// <summary>Name of the first key, and of its file.</summary>
    private const string KeyName = "first-admin";
    private const string FileName = "admin.key";

    /// <summary>
    /// Makes the first admin key if the store has never had a key and the configuration gives none. The server must then listen on loopback only.
    /// </summary>
    /// <param name="keys">The loaded keys.</param>
    /// <param name="options">The checked options.</param>
    /// <param name="directory">Where the key file goes; made when it is not there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when this is no first start.</returns>
    public static async ValueTask<FirstStart?> PrepareAsync(
        KeyRegistry keys, SecurityOptions options, string directory, CancellationToken cancellation)
    {
        if (options.AdminKey is not null || !keys.Keys.IsEmpty) return null;

        // The file is opened first: a key that could not be told must not be made.
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, FileName);
        File.Delete(path); // so that the new file has its own mode, whatever an older one had
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, mode);

        KeyCreation made = await keys.CreateAsync(
            ApiKeyKind.Admin, KeyName, ImmutableArray<string>.Empty, State.ConfigurationCentre.SchedulerAuthor, null, cancellation);
        if (made is not KeyCreation.Created created) return null; // another process was first, and has told the key

        await file.WriteLineAsync(created.Secret);
        return new FirstStart(created.Secret, path);
    }

    /// <summary>Where the file of the first key is made.</summary>
    /// <param name="directory">As in <see cref="PrepareAsync"/>.</param>
    internal static string PathIn(string directory) => Path.Combine(directory, FileName);

    /// <summary>Without the key: only the greeting prints it.</summary>
    public override string ToString() => $"FirstStart {KeyFile}";
}
