namespace Scheduler.Cli;

/// <summary>What the process tells its caller. Scripts rely on it: append, never renumber.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Understood, but not done: refused, not found, unreachable, or not confirmed.</summary>
    public const int Failed = 1;

    /// <summary>The command line could not be understood; nothing was tried.</summary>
    public const int Usage = 2;

    /// <summary>A guard says no: the drain would leave too little. Nothing was changed; <c>--force</c> would.</summary>
    public const int Guarded = 3;
}
