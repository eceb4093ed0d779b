using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.Storage;

namespace Scheduler.Server.Hosting;

/// <summary>What is printed once the server listens: where, with what, and what to try next.</summary>
internal static class Greeting
{
    /// <summary>Prints it.</summary>
    public static void Print(WebApplication app, SchedulerOptions options, ConfigurationCentre centre, FirstStart? first)
    {
        string url = app.Urls.FirstOrDefault() ?? options.Http.Url;
        TextWriter console = Console.Out;
        console.WriteLine();
        console.WriteLine($"listening on {url}  ({(options.Demo ? "demo mode: the sample fleet is played, callers on this machine need no key" : "every caller needs a key")})");
        console.WriteLine($"console: {url}/  ({(options.Demo ? "no key needed on this machine" : "sign in with a viewer, operator or admin key")})");
        foreach (string address in app.Urls.Skip(options.Http.Url.Split(';', StringSplitOptions.RemoveEmptyEntries).Length)) console.WriteLine($"gRPC on {address}");
        console.WriteLine($"fleet: {centre.Current.Fleet.Sites.Length} sites, {centre.Current.Fleet.Nodes.Length} nodes, revision {centre.Current.Revision}; store {StoreAddress.Describe(options.Store)}");
        if (first is not null)
        {
            console.WriteLine();
            console.WriteLine("First start: an admin key was made. It is shown this once and kept in " + first.KeyFile);
            console.WriteLine("  " + first.AdminKey);
        }
        console.WriteLine();
        console.WriteLine("try next:");
        if (options.Demo)
        {
            console.WriteLine($"  curl -s -X POST {url}/v1/sessions -d '{{\"stream\":\"live-42\",\"client_ip\":\"81.2.69.142\"}}'");
            console.WriteLine("  dotnet run -c Release --project src/Scheduler.Cli -- load --viewers 2000");
            console.WriteLine("  dotnet run -c Release --project src/Scheduler.Cli -- sites");
        }
        else if (centre.Current.Fleet.Nodes.IsEmpty)
        {
            console.WriteLine("  scheduler fleet validate FILE && scheduler fleet import FILE");
        }
        else
        {
            console.WriteLine("  scheduler status");
        }
        console.WriteLine();
    }
}
