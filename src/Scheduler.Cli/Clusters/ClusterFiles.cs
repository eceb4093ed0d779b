using System.Buffers.Text;
using System.Security.Cryptography;

namespace Scheduler.Cli.Clusters;

/// <summary>The directory of a cluster: secrets that are made once, and a folder for each of its processes.</summary>
/// <param name="directory">Where; made when it is not there.</param>
internal sealed class ClusterFiles(string directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int SecretBytes = 36;

    /// <summary>The admin key's file.</summary>
    public string AdminKeyFile => Path.Combine(directory, "admin.key");

    /// <summary>The admin key.</summary>
    public string AdminKey => Secret(AdminKeyFile);

    /// <summary>What the replicas share.</summary>
    public string ClusterKey => Secret(Path.Combine(directory, "cluster.key"));

    /// <summary>PostgreSQL's password.</summary>
    public string Password => Secret(Path.Combine(directory, "postgres.password"));

    /// <summary>A folder, made when it is not there.</summary>
    /// <param name="name">Its name.</param>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(directory, name)).FullName;

    /// <summary>A log file.</summary>
    /// <param name="name">Whose.</param>
    public string Log(string name) => Path.Combine(Folder("logs"), name + ".log");

    private string Secret(string path)
    {
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        Directory.CreateDirectory(directory);
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new StreamWriter(path, options);
        file.WriteLine(secret);
        return secret;
    }
}
