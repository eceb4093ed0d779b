using System.Globalization;
using System.Text;

namespace Scheduler.Server.Endpoints.Admin.Watching;

/// <summary>Server-sent events (WHATWG HTML, section 9.2) to one follower, who has to take them.</summary>
/// <param name="output">Where they go.</param>
/// <param name="clock">Time.</param>
internal sealed class EventStream(Stream output, TimeProvider clock)
{
    /// <summary>How long one that takes nothing is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends an event.</summary>
    /// <returns>False when the follower did not take it in time; nothing more can be sent then.</returns>
    public Task<bool> TrySendAsync(string id, string type, string json, CancellationToken cancellation) =>
        TrySendAsync(string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {type}\ndata: {json}\n\n"), cancellation);

    /// <summary>Sends what is no event: a comment, which keeps the connection, or a word to people.</summary>
    /// <inheritdoc cref="TrySendAsync(string, string, string, CancellationToken)"/>
    public Task<bool> TryCommentAsync(string text, CancellationToken cancellation) => TrySendAsync($": {text}\n\n", cancellation);

    /// <summary>Tells the follower after how long he is to come back when the connection ends.</summary>
    /// <inheritdoc cref="TrySendAsync(string, string, string, CancellationToken)"/>
    public Task<bool> TryBeginAsync(CancellationToken cancellation) => TrySendAsync("retry: 2000\n\n", cancellation);

    private Task<bool> TrySendAsync(string text, CancellationToken cancellation) => TrySendAsync(Encoding.UTF8.GetBytes(text), cancellation);

    /// <summary>Sends events that were written before, the same bytes to all who follow.</summary>
    /// <inheritdoc cref="TrySendAsync(string, string, string, CancellationToken)"/>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> events, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            await output.WriteAsync(events, either.Token);
            await output.FlushAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
