using Xunit.Abstractions;

namespace Scheduler.BrowserTests.Players;

/// <summary>Players as they are published, steered by the built server; judged by what the media servers were asked for.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SteeredPlayerTests(ITestOutputHelper output)
{
    /// <summary>A segment lasts a second and is asked for once a second, so this many are what a TTL and a segment allow, and one that was on its way.</summary>
    private const int MostStragglers = SteeredPlayers.TtlS + 2;

    /// <summary>Shaka's compiled builds find no clone, since the compiler gives the member that they look for another name; they play from the sites that are declared.</summary>
    private static readonly (string Name, string Player, string Manifest, bool TakesClones)[] Players =
    [
        ("hlsjs", "hlsjs", "master.m3u8", true),
        ("dashjs", "dashjs", "manifest.mpd", true),
        ("shaka-hls", "shaka", "master.m3u8", false),
        ("shaka-dash", "shaka", "manifest.mpd", false),
    ];

    [PlayersFact]
    public async Task A_drain_moves_every_player_within_a_TTL_and_a_segment_and_a_dead_scheduler_stops_none()
    {
        await using SteeredPlayers players = await SteeredPlayers.StartAsync();
        foreach ((string name, string player, string manifest, _) in Players) await players.PlayAsync(name, player, manifest);
        await EachAsync(async name =>
        {
            // The clone of a node, which the manifest does not declare, is where it plays.
            bool takesClones = Players.Single(player => player.Name == name).TakesClones;
            await players.UntilSegmentsAsync(name, segments => takesClones ? segments.Any(segment => segment.Host.Contains('-')) : segments.Length > 0);
            int begun = players.SegmentsOf(name).Length;
            await players.UntilSegmentsAsync(name, segments => segments.Length >= begun + 3);
            string host = Assert.Single(players.SegmentsOf(name)[(begun + 1)..].Select(segment => segment.Host).Distinct());
            Assert.Equal(takesClones, host.Contains('-'));
        });

        string site = SteeredPlayers.Preferred;
        Assert.All(Names, name => Assert.Equal(site, SteeredPlayers.SiteOf(players.SegmentsOf(name)[^1])));
        Dictionary<string, int> before = Names.ToDictionary(name => name, name => players.SegmentsOf(name).Length);
        long drained = await players.DrainAsync(site);
        await EachAsync(name => players.UntilSegmentsAsync(name, segments => segments.Length >= before[name] + MostStragglers + 4));
        foreach (string name in Names)
        {
            MediaRequest[] since = [.. players.SegmentsOf(name).Where(segment => segment.AtMs > drained)];
            MediaRequest[] stragglers = [.. since.Where(segment => SteeredPlayers.SiteOf(segment) == site)];
            output.WriteLine($"{name}: {stragglers.Length} segments from {site} after the drain, the last after {(stragglers.Length == 0 ? 0 : stragglers[^1].AtMs - drained)} ms, then {since.Length - stragglers.Length} from elsewhere");
            Assert.True(stragglers.Length <= MostStragglers, $"{name} asked {site} for {stragglers.Length} segments after the drain");
            Assert.NotEqual(site, SteeredPlayers.SiteOf(since[^1]));
        }

        Dictionary<string, int> alive = Names.ToDictionary(name => name, name => players.SegmentsOf(name).Length);
        await players.KillSchedulerAsync();
        await EachAsync(name => players.UntilSegmentsAsync(name, segments => segments.Length >= alive[name] + (3 * SteeredPlayers.TtlS)));
        foreach (string name in Names)
        {
            (double at, int stops, string faults) = await players.WatchedAsync(name);
            output.WriteLine($"{name}: at {at:0.0} s, stopped {stops} times, {faults}");
            Assert.Equal((0, "[]"), (stops, faults));
            Assert.DoesNotContain(players.SegmentsOf(name)[alive[name]..], segment => SteeredPlayers.SiteOf(segment) == site);
        }
    }

    private static IEnumerable<string> Names => Players.Select(player => player.Name);

    private static Task EachAsync(Func<string, Task> check) => Task.WhenAll(Names.Select(check));
}
