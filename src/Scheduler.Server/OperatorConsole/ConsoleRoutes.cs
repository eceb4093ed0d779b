namespace Scheduler.Server.OperatorConsole;

/// <summary>Where the pages lie.</summary>
internal static class ConsoleRoutes
{
    public const string World = "/";
    public const string Root = "/console";
    public const string SignIn = Root + "/sign-in";
    public const string SignOut = Root + "/sign-out";
    public const string Sites = Root + "/sites";
    public const string Drains = Root + "/drains";
    public const string Why = Root + "/why";
    public const string Plan = Root + "/plan";
    public const string Revisions = Root + "/revisions";
    public const string Audit = Root + "/audit";
    public const string Keys = Root + "/keys";
    public const string Simulations = Root + "/simulations";
    public const string Events = Root + "/events";
    public const string Assets = Root + "/assets";

    /// <summary>The page of a site.</summary>
    public static string Site(string id) => $"{Sites}/{Uri.EscapeDataString(id)}";

    /// <summary>The page of a drain.</summary>
    public static string Drain(string id) => $"{Drains}/{Uri.EscapeDataString(id)}";
}
