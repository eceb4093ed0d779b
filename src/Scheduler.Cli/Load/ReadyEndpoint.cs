using System.Net;
using System.Net.Sockets;
using Scheduler.Cli.Admin;
using Scheduler.Client;

namespace Scheduler.Cli.Load;

/// <summary>Where a scheduler that is ready takes connections: for the engines that connect by themselves.</summary>
internal static class ReadyEndpoint
{
    private const int MostReadyTries = 20;
    private static readonly TimeSpan ReadyPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for it, for a while; a wrong address is told here, where it can be explained.</summary>
    /// <returns>Null when there is none, and that was told.</returns>
    public static async Task<EndPoint?> FindAsync(CommandContext context, CancellationToken cancellation)
    {
        Result<ApiAnswer> ready = await context.Api.GetAsync("healthz/ready", cancellation);
        // A scheduler that has just started or just been given its fleet is ready a report interval later.
        for (int tries = 0; tries < MostReadyTries && ready.Problem is { Status: 503 }; tries++)
        {
            await Task.Delay(ReadyPause, context.Host.Time, cancellation);
            ready = await context.Api.GetAsync("healthz/ready", cancellation);
        }
        if (ready.Problem is { Status: null or 503 } problem)
        {
            context.Fail(problem);
            return null;
        }
        foreach (IPAddress address in await Dns.GetHostAddressesAsync(context.Url.DnsSafeHost, cancellation))
        {
            var endpoint = new IPEndPoint(address, context.Url.Port);
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(endpoint, cancellation);
                return endpoint;
            }
            catch (SocketException)
            {
                // The name may stand for both families while the scheduler listens on one: the next address decides.
            }
        }
        context.Fail(SchedulerProblem.Unreachable("none of its addresses takes connections"));
        return null;
    }
}
