using System.Text.Json;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>Viewers that play against a cluster in a process of their own.</summary>
internal sealed class ClusterPlay(ChildProcess process) : IAsyncDisposable
{
    /// <summary>Waits for the end.</summary>
    /// <returns>What <c>load --json</c> prints.</returns>
    public async Task<JsonElement> EndAsync()
    {
        Assert.True(await process.ExitAsync(seconds: 120) == 0, process.Output);
        return JsonDocument.Parse(process.StandardOutput).RootElement;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
