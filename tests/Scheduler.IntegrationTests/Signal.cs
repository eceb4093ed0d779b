using System.Runtime.InteropServices;

namespace Scheduler.IntegrationTests;

/// <summary>Signals to processes that the tests have started: they have no managed form.</summary>
internal static partial class Signal
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends one to a process that runs.</summary>
    public static void Send(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    /// <summary>Sends one to a process that may have ended meanwhile.</summary>
    public static void SendIfThere(int process, int signal) => _ = Kill(process, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
