namespace Scheduler.BrowserTests.Players;

/// <summary>A test that needs the players: <c>npm ci</c> in the folder <c>Players</c>, or wherever SCHEDULER_PLAYERS says.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PlayersFactAttribute : FactAttribute
{
    private const string Variable = "SCHEDULER_PLAYERS";

    public PlayersFactAttribute()
    {
        if (Packages is null) Skip = $"the players are not there: run npm ci in tests/Scheduler.BrowserTests/Players, or name a node_modules with them in {Variable}";
    }

    /// <summary>The folder of the packages; null when there is none.</summary>
    public static string? Packages { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told) return told;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string packages = Path.Combine(folder.FullName, "Players", "node_modules");
            if (Directory.Exists(packages)) return packages;
        }
        return null;
    }
}
