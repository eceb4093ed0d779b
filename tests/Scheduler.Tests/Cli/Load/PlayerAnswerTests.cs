using System.Text;
using Scheduler.Cli.Load;

namespace Scheduler.Tests.Cli.Load;

public sealed class PlayerAnswerTests
{
    [Fact]
    public void The_members_that_matter_are_found_wherever_they_stand()
    {
        byte[] body = Encoding.UTF8.GetBytes("""
            {"x":{"token":"no"},"candidates":[{"rank":1,"z":[{"node":"no"}],"node":"lon1-03","site":"lon1"},{"node":"no","site":"no"}],
             "decision":"sticky","heartbeat_s":12.5,"token":"t.1_-","action":"move"}
            """);
        Assert.True(PlayerAnswer.TryRead(body, out PlayerAnswer answer));
        Assert.True(answer.Token.SequenceEqual("t.1_-"u8));
        Assert.True(answer.Node.SequenceEqual("lon1-03"u8));
        Assert.True(answer.Site.SequenceEqual("lon1"u8));
        Assert.True(answer.Decision.SequenceEqual("sticky"u8));
        Assert.Equal(12.5, answer.HeartbeatS);
        Assert.True(answer.IsMove);
    }

    [Theory]
    [InlineData("""{"action":"move","candidates":[]}""")]
    [InlineData("""{"action":"move"}""")]
    [InlineData("""{"action":"stay","candidates":[{"node":"n","site":"s"}]}""")]
    [InlineData("{}")]
    [InlineData("""{"token":5,"candidates":{"node":"n"},"heartbeat_s":"x","decision":null}""")]
    public void What_does_not_say_move_with_a_place_is_no_move(string body)
    {
        Assert.True(PlayerAnswer.TryRead(Encoding.UTF8.GetBytes(body), out PlayerAnswer answer));
        Assert.False(answer.IsMove);
        Assert.Null(answer.HeartbeatS);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"token\":")]
    [InlineData("<html>")]
    public void What_is_no_object_is_refused(string body) => Assert.False(PlayerAnswer.TryRead(Encoding.UTF8.GetBytes(body), out _));

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"token":"t","heartbeat_s":30,"candidates":[{"node":"n","site":"s","rtt_ms":8.1}],"decision":"placed"}""");
        PlayerAnswer.TryRead(body, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PlayerAnswer.TryRead(body, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
