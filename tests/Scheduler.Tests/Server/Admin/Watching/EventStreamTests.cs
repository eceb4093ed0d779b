using System.IO.Pipelines;
using System.Text;
using Scheduler.Server.Endpoints.Admin.Watching;

namespace Scheduler.Tests.Server.Admin.Watching;

public sealed class EventStreamTests
{
    private readonly VirtualClock _clock = new();

    [Fact]
    public async Task An_event_is_its_id_its_kind_and_its_data()
    {
        var output = new MemoryStream();
        Assert.True(await new EventStream(output, _clock).TrySendAsync("17.4", "drain", "{}", CancellationToken.None));
        Assert.Equal("id: 17.4\nevent: drain\ndata: {}\n\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task A_follower_that_takes_nothing_is_waited_for_and_then_given_up()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var stream = new EventStream(pipe.Writer.AsStream(), _clock);
        Task<bool> sent = stream.TryCommentAsync("nobody reads this", CancellationToken.None);
        Assert.False(sent.IsCompleted);
        _clock.Advance(EventStream.Patience + TimeSpan.FromSeconds(1));
        Assert.False(await sent.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_follower_that_leaves_is_no_slow_one()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        using var left = new CancellationTokenSource();
        Task<bool> sent = new EventStream(pipe.Writer.AsStream(), _clock).TryCommentAsync("nobody reads this", left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
    }
}
