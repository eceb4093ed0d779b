using Scheduler.Server.Hosting;

namespace Scheduler.Server.Http.Limits;

/// <summary>Puts the limits among the services.</summary>
internal static class LimitServices
{
    /// <summary>Adds rate limits, and what sheds load.</summary>
    /// <param name="services">The services, with a clock.</param>
    /// <param name="options">Checked options.</param>
    public static void AddLimits(this IServiceCollection services, SchedulerOptions options)
    {
        OverloadOptions overload = options.Overload;
        var hold = new RefusalHold(Math.Max(1, overload.HoldMs / OverloadWatch.TickMs));
        services.AddSingleton(options.RateLimits).AddSingleton<RateLimits>();
        services.AddSingleton(overload).AddSingleton(hold).AddSingleton(new AdmissionGate(hold)).AddSingleton<OverloadWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<OverloadWatch>());
    }
}
