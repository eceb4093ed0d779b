namespace Scheduler.BrowserTests.OperatorConsole;

/// <summary>A test that looks at pages with axe-core: in <c>node_modules</c> beside this file (<c>npm ci</c>), or where SCHEDULER_AXE says.</summary>
public sealed class AxeFactAttribute : FactAttribute
{
    private const string Variable = "SCHEDULER_AXE";
    private const string Beside = "tests/Scheduler.BrowserTests/OperatorConsole/node_modules";

    public AxeFactAttribute()
    {
        if (Path is null) Skip = $"axe-core is not there: run npm ci in tests/Scheduler.BrowserTests/OperatorConsole, or set {Variable}";
    }

    /// <summary>The script; null where it is not there.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } modules) return System.IO.Path.Combine(modules, "axe-core", "axe.min.js");
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (System.IO.Path.Combine(at.FullName, Beside, "axe-core", "axe.min.js") is var path && File.Exists(path)) return path;
        return null;
    }
}
