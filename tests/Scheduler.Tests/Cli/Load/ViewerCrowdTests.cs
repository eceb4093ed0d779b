using System.Text;
using System.Text.Json;
using Scheduler.Cli.Load;

namespace Scheduler.Tests.Cli.Load;

public sealed class ViewerCrowdTests
{
    private readonly Audience _audience = new(TimeProvider.System);
    private readonly LoadTally _tally = new();
    private readonly TimingWheel _wheel = new(1, 1_024);
    private readonly WorkQueue _due = new(1);
    private readonly ViewerCrowd _crowd;
    private readonly RequestTemplates _requests = new(new Uri("http://scheduler.test:8080/"), null);
    private readonly byte[] _request = new byte[RequestTemplates.LongestRequest];
    private long _now;

    public ViewerCrowdTests() => _crowd = Crowd(TimeSpan.FromHours(1));

    private ViewerCrowd Crowd(TimeSpan sessionMean, TimingWheel? wheel = null) => new(
        new LoadOptions
        {
            Targets = [new Uri("http://scheduler.test:8080/")], Viewers = 1, Duration = TimeSpan.FromMinutes(1), SessionMean = sessionMean,
            Ramp = TimeSpan.Zero, Seed = 5, Connections = 1, Streams = 10, FailureShare = 0,
        },
        new CountryAddresses(), _audience, _tally, wheel ?? _wheel);

    private static string Seat(string node, string token = "t1", string more = "") =>
        $$"""{"token":"{{token}}","heartbeat_s":30,"candidates":[{"node":"{{node}}","site":"lon1"}],"decision":"placed"{{more}}}""";

    /// <summary>Goes to the moment at which the viewer is due; gives how long that took and what he sends.</summary>
    private (long Waited, LoadOperation Operation, string Text) Next()
    {
        long start = _now;
        while (_due.Count == 0) _wheel.Advance(++_now, _due);
        Assert.True(_due.TryDequeue(out int viewer));
        Assert.True(_crowd.TryWriteNext(viewer, _now, _requests, _request, out LoadOperation operation, out int length));
        return (_now - start, operation, Encoding.ASCII.GetString(_request, 0, length));
    }

    private void Answer(LoadOperation operation, int status, string body = "{}", int? retryAfterS = null) =>
        _crowd.Answered(0, operation, new HttpResponse(status, 0, 0, 0, true, retryAfterS), Encoding.UTF8.GetBytes(body), _now);

    private int ViewersOf(string node)
    {
        Assert.True(_audience.TryNode(node, out int number));
        return _audience.ViewersOf(number);
    }

    [Fact]
    public void A_viewer_opens_then_beats_a_little_before_his_time()
    {
        (_, LoadOperation operation, string text) = Next();
        Assert.Equal(LoadOperation.Open, operation);
        string[] parts = text.Split("\r\n\r\n");
        Assert.StartsWith("POST /v1/sessions HTTP/1.1\r\nHost: scheduler.test:8080\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {parts[1].Length}", parts[0], StringComparison.Ordinal);
        using JsonDocument body = JsonDocument.Parse(parts[1]);
        Assert.True(System.Net.IPAddress.TryParse(body.RootElement.GetProperty("client_ip").GetString(), out _));
        Assert.True(body.RootElement.GetProperty("bitrate_bps").GetInt64() >= 1_000_000);

        Answer(operation, 201, Seat("lon1-03"));
        Assert.Equal((1, 1), (ViewersOf("lon1-03"), _tally.Playing));
        (long waited, operation, text) = Next();
        Assert.InRange(waited, 24_000, 30_000);
        Assert.Equal(LoadOperation.Beat, operation);
        Assert.EndsWith("\r\n\r\n{\"token\":\"t1\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_move_changes_his_node_and_his_token()
    {
        Answer(Next().Operation, 201, Seat("lon1-03"));
        Answer(Next().Operation, 200, Seat("lon1-07", "t2", ",\"action\":\"move\""));
        Assert.Equal((0, 1, 1L), (ViewersOf("lon1-03"), ViewersOf("lon1-07"), _tally.Moves));
        Assert.Contains("\"t2\"", Next().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_503_is_waited_out_and_costs_him_nothing()
    {
        Answer(Next().Operation, 201, Seat("lon1-03"));
        Answer(Next().Operation, 503, retryAfterS: 7);
        (long waited, LoadOperation operation, _) = Next();
        Assert.InRange(waited, 7_000, 8_400);
        Assert.Equal(LoadOperation.Beat, operation);
        Assert.Equal(1, ViewersOf("lon1-03"));
    }

    [Fact]
    public void A_session_that_is_forgotten_is_opened_again_with_the_old_token()
    {
        Answer(Next().Operation, 201, Seat("lon1-03"));
        Answer(Next().Operation, 410);
        Assert.Equal(0, ViewersOf("lon1-03"));
        (_, LoadOperation operation, string text) = Next();
        Assert.Equal(LoadOperation.Open, operation);
        Assert.Contains("\"previous_token\":\"t1\"", text, StringComparison.Ordinal);
        Answer(operation, 201, Seat("lon1-03", "t9"));
        Assert.Equal((1, 1L), (_tally.Playing, _tally.Reopened));
    }

    [Fact]
    public void Who_leaves_says_so_and_another_comes()
    {
        var wheel = new TimingWheel(1, 1_024);
        ViewerCrowd crowd = Crowd(TimeSpan.FromMilliseconds(1), wheel);
        wheel.Advance(1, _due);
        _due.TryDequeue(out _);
        crowd.TryWriteNext(0, 1, _requests, _request, out _, out _);
        crowd.Answered(0, LoadOperation.Open, new HttpResponse(201, 0, 0, 0, true, null), Encoding.UTF8.GetBytes(Seat("lon1-03")), 1);
        wheel.Advance(1_000, _due);
        Assert.True(_due.TryDequeue(out _));
        crowd.TryWriteNext(0, 1_000, _requests, _request, out LoadOperation operation, out int length);
        Assert.Equal(LoadOperation.Close, operation);
        Assert.EndsWith("X-Session-Token: t1\r\n\r\n", Encoding.ASCII.GetString(_request, 0, length), StringComparison.Ordinal);
        crowd.Answered(0, LoadOperation.Close, new HttpResponse(204, 0, 0, 0, true, null), default, 1_000);
        Assert.Equal(0, ViewersOf("lon1-03"));
        wheel.Advance(1_010, _due);
        Assert.Equal(1, _due.Count);
    }

    [Fact]
    public void When_it_is_over_a_seated_viewer_says_goodbye_and_one_without_a_seat_says_nothing()
    {
        Answer(Next().Operation, 201, Seat("lon1-03"));
        _crowd.IsOver = true;
        Assert.Equal(LoadOperation.Close, Next().Operation);
        Answer(LoadOperation.Close, 204);
        Assert.Equal((0, 0), (_wheel.Count, _tally.Playing));
        Assert.False(_crowd.TryWriteNext(0, _now, _requests, _request, out _, out _));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("""{"token":"t","candidates":[]}""")]
    public void An_answer_that_names_no_place_is_counted_and_tried_again(string body)
    {
        Answer(Next().Operation, 201, body);
        Assert.Equal((1L, 0), (_tally.Unreadable, _tally.Playing));
        Assert.Equal(LoadOperation.Open, Next().Operation);
    }

    [Fact]
    public void A_lost_connection_is_no_lost_viewer()
    {
        Answer(Next().Operation, 201, Seat("lon1-03"));
        _crowd.Broken(0, Next().Operation, _now);
        Assert.Equal((1L, 1), (_tally.Broken, ViewersOf("lon1-03")));
        Assert.Equal(LoadOperation.Beat, Next().Operation);
    }

    [Fact]
    public void The_table_of_countries_gives_public_addresses_of_many_countries()
    {
        var addresses = new CountryAddresses();
        var random = new Random(1);
        var seen = new HashSet<byte>();
        Span<byte> text = stackalloc byte[IViewerAddresses.LongestText];
        for (int i = 0; i < 2_000; i++)
        {
            int length = addresses.Draw(random, text);
            Assert.True(System.Net.IPAddress.TryParse(Encoding.ASCII.GetString(text[..length]), out System.Net.IPAddress? address));
            byte first = address.GetAddressBytes()[0];
            Assert.False(first is 0 or 10 or 127 or >= 224);
            seen.Add(first);
        }
        Assert.True(seen.Count > 30);
    }
}
