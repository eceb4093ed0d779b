// A player in a few dozen lines: opens a session, beats, moves when it is told to, goes to the next candidate when its node fails, and says goodbye.
//
//   dotnet run --project samples/Player -- live-42 http://localhost:8080 [http://other:8080 ...]
//
// "f" and Enter: the node fails. Enter alone, or the end of input: leave.
using Scheduler.Client;
using Scheduler.Client.Sessions;
using Scheduler.Protocol.V1.Messages;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: Player STREAM SCHEDULER...");
    return 2;
}
using HttpClient http = FailoverHandler.Connect([.. args[1..].Select(address => new Uri(address))]);
var client = new PlayerClient(http, TimeProvider.System, new PlayerClientOptions { Key = Environment.GetEnvironmentVariable("SCHEDULER_KEY") });
var request = new SessionRequestMessage { Stream = args[0], Protocol = "hls", ClientIp = Environment.GetEnvironmentVariable("CLIENT_IP") };
Result<PlayerSession> opened = await client.PlaySessionAsync(request, new PlayerCallbacks
{
    Move = (candidates, _) =>
    {
        Console.WriteLine($"plays from {candidates[0].Node} now: {candidates[0].Url}");
        return ValueTask.CompletedTask;
    },
    Measure = () => new PlaybackQuality(RttMs: 12.5, ThroughputBps: 8_000_000, StallMs: 0), // a real player knows
    Trouble = problem => Console.WriteLine($"plays on; the scheduler: {problem.Title} {problem.Detail}"),
});
if (!opened.IsOk)
{
    Console.Error.WriteLine($"{opened.Problem.Title} {opened.Problem.Detail}");
    return 1;
}
await using PlayerSession session = opened.Value;
Console.WriteLine($"plays from {session.Serving.Node}: {session.Serving.Url}?ticket={session.Serving.Ticket}");
Console.WriteLine($"in reserve: {string.Join(", ", session.Current.Candidates.Skip(1).Select(candidate => candidate.Node))}; beats every {session.Current.HeartbeatS} s");
while (Console.ReadLine() is { Length: > 0 } line)
{
    if (line == "f" && await session.FailoverAsync(session.Serving.Node, "connect_timeout") is { } problem) Console.WriteLine($"nowhere to go: {problem.Title} {problem.Detail}");
}
return 0;
