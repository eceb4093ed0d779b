using System.Text;
using Scheduler.Server.OperatorConsole.Live;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>One message for all who listen.</summary>
public sealed class LiveHubTests
{
    private readonly LiveHub _hub = new();

    [Fact]
    public async Task Who_waits_gets_the_next_message_and_all_get_the_same_bytes()
    {
        Task first = _hub.Latest.Next, second = _hub.Latest.Next;
        Assert.False(first.IsCompleted);
        byte[] message = [1, 2, 3];
        _hub.Tell(message);
        await Task.WhenAll(first, second);
        Assert.True(_hub.Latest.Message.Equals(message.AsMemory()));
        Assert.False(_hub.Latest.Next.IsCompleted);
    }

    [Fact]
    public void There_are_so_many_places_and_each_is_given_back()
    {
        for (int i = 0; i < LiveHub.MostListeners; i++) Assert.True(_hub.TryEnter());
        Assert.False(_hub.TryEnter());
        Assert.Equal(LiveHub.MostListeners, _hub.Listeners);
        _hub.Leave();
        Assert.True(_hub.TryEnter());
    }

    [Fact]
    public void A_message_is_one_event() => Assert.Equal("event: live\ndata: {}\n\n", Encoding.UTF8.GetString(LiveMessage.Framed([.. "{}"u8])));
}
