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
    public static async Task<EndPoint?> FindAsync(CommandContext context, CancellationToken cancellation) =>
        await FindAllAsync(context, context.Api, [context.Url], cancellation) is { } found ? found[0] : null;

    /// <summary>Waits until one of several is ready; the others may be there or come later.</summary>
    /// <param name="context">The command.</param>
    /// <param name="api">Calls of any of them.</param>
    /// <param name="targets">Their addresses.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Where each takes connections; null when none is ready, and that was told.</returns>
    public static async Task<EndPoint[]?> FindAllAsync(CommandContext context, AdminApi api, IReadOnlyList<Uri> targets, CancellationToken cancellation)
    {
        Result<ApiAnswer> ready = await api.GetAsync("healthz/ready", cancellation);
        // A scheduler that has just started or just been given its fleet is ready a report interval later.
        for (int tries = 0; tries < MostReadyTries && ready.Problem is { Status: 503 }; tries++)
        {
            await Task.Delay(ReadyPause, context.Host.Time, cancellation);
            ready = await api.GetAsync("healthz/ready", cancellation);
        }
        if (ready.Problem is { Status: null or 503 } problem)
        {
            context.Fail(problem);
            return null;
        }
        var found = new EndPoint[targets.Count];
        for (int i = 0; i < found.Length; i++)
        {
            IPEndPoint[] addresses = [.. (await Dns.GetHostAddressesAsync(targets[i].DnsSafeHost, cancellation)).Select(address => new IPEndPoint(address, targets[i].Port))];
            EndPoint? listening = await ListeningAsync(addresses, cancellation);
            if (listening is null && targets.Count == 1)
            {
                context.Fail(SchedulerProblem.Unreachable("none of its addresses takes connections"));
                return null;
            }
            found[i] = listening ?? addresses[0];
        }
        return found;
    }

    /// <summary>The first that takes connections: a name may stand for both families while the scheduler listens on one.</summary>
    private static async Task<EndPoint?> ListeningAsync(IPEndPoint[] addresses, CancellationToken cancellation)
    {
        foreach (IPEndPoint endpoint in addresses)
        {
            using var probe = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(endpoint, cancellation);
                return endpoint;
            }
            catch (SocketException)
            {
                // The next address decides.
            }
        }
        return null;
    }
}
