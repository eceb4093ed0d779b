namespace Scheduler.Cli.Clusters;

/// <summary>Finds the programs that a cluster on this machine is made of.</summary>
internal static class ServerProgram
{
    private const string Server = "Scheduler.Server";

    /// <summary>The command that runs the server.</summary>
    /// <param name="given">Path of the server's program or of its .dll; null to look beside this command, and in the checkout that it was built in.</param>
    /// <exception cref="ClusterException">It is not there.</exception>
    public static string[] Find(string? given)
    {
        if (given is not null) return File.Exists(given) ? CommandOf(Path.GetFullPath(given)) : throw new ClusterException($"--server: there is no {given}.");
        string library = Server + ".dll";
        string beside = Path.Combine(AppContext.BaseDirectory, library);
        if (File.Exists(beside)) return CommandOf(beside);

        // src/Scheduler.Cli/bin/CONFIGURATION/FRAMEWORK of a checkout.
        string folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string framework = Path.GetFileName(folder), configuration = Path.GetFileName(Path.GetDirectoryName(folder) ?? "");
        string built = Path.GetFullPath(Path.Combine(folder, "..", "..", "..", "..", Server, "bin", configuration, framework, library));
        return File.Exists(built) ? CommandOf(built) : throw new ClusterException(
            $"The server is neither beside this command nor built: dotnet build -c {configuration} src/{Server}, or name it with --server PATH.");
    }

    /// <summary>The command that runs this very program.</summary>
    public static string[] Self() => CommandOf(Path.Combine(AppContext.BaseDirectory, "scheduler.dll"));

    /// <summary>A file of the bundled data.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ClusterException">It is not there.</exception>
    public static string Bundled(string name)
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "geo-data", name);
                if (File.Exists(path)) return path;
            }
        }
        throw new ClusterException($"geo-data/{name} is neither here nor above.");
    }

    private static string[] CommandOf(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", path] : [path];
}
