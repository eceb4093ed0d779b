using Microsoft.Extensions.Configuration.Memory;

namespace Scheduler.Server.Hosting;

/// <summary>What holds where <c>appsettings.json</c>, the environment and the command line say nothing.</summary>
internal static class DefaultConfiguration
{
    /// <summary>The lowest source: the scheduler's own events, one line each, and of the framework only what goes wrong.</summary>
    public static MemoryConfigurationSource Source { get; } = new()
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft"] = "Warning",
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ ",
            ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        },
    };
}
