using Scheduler.Server.Hosting;
using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>
/// Looks at the store's keys and secrets every few seconds, and at once when another replica tells that it changed them: another process (<c>scheduler keys recover</c>) tells
/// nobody where the store is a file, and a new secret begins to sign when its time has come. A timer of its own, so that a store that hangs holds up nothing else.
/// </summary>
public sealed partial class KeyWatch(KeyRegistry keys, TokenKeys tokens, StoreNews news, ILogger<KeyWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using StoreNewsReader wakes = news.Subscribe(StoreChange.Keys, Interval);
        while (await wakes.NextAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            byte signed = tokens.Ring.CurrentKeyId;
            await keys.LoadAsync(cancellation);
            await tokens.LoadAsync(cancellation);
            if (tokens.Ring.CurrentKeyId != signed) Signs(tokens.Ring.CurrentKeyId);
            if (_failing) Recovered();
            _failing = false;
        }
        catch (IOException cause)
        {
            // Who had a key has it still: what is in force stays until the store can be read again.
            if (!_failing) Failed(cause);
            _failing = true;
        }
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Error, Message = "Keys cannot be read from the store; those that were known stay in force")]
    private partial void Failed(Exception cause);

    [LoggerMessage(EventId = 151, Level = LogLevel.Information, Message = "Keys are read from the store again")]
    private partial void Recovered();

    [LoggerMessage(EventId = 152, Level = LogLevel.Information, Message = "Token key {Id} signs from now on")]
    private partial void Signs(byte id);
}
