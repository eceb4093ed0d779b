using System.Net;
using Scheduler.Client;

namespace Scheduler.Tests.Client;

public sealed class FailoverHandlerTests : IDisposable
{
    private static readonly Uri[] Targets = [new("http://a:1/base/"), new("http://b:2/"), new("http://c:3/")];
    private readonly Transport _transport = new();
    private readonly HttpClient _http;

    public FailoverHandlerTests() => _http = new HttpClient(new FailoverHandler(Targets, _transport)) { BaseAddress = Targets[0] };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Who_answered_last_is_asked_first()
    {
        _transport.Answer = uri => uri.Host == "a" ? null : HttpStatusCode.OK;
        await _http.PostAsync("v1/reports", new StringContent("body"));
        await _http.PostAsync("v1/reports?x=1", new StringContent("body"));
        Assert.Equal(["http://a:1/base/v1/reports body", "http://b:2/v1/reports body", "http://b:2/v1/reports?x=1 body"], _transport.Asked);
    }

    [Fact]
    public async Task A_scheduler_that_says_503_is_passed_over_and_all_of_them_are_asked_once()
    {
        _transport.Answer = _ => HttpStatusCode.ServiceUnavailable;
        using HttpResponseMessage response = await _http.GetAsync("x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(3, _transport.Asked.Count);
        _transport.Answer = _ => null;
        await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetAsync("x"));
        Assert.Equal(6, _transport.Asked.Count);
    }

    [Fact]
    public async Task Who_hangs_is_not_asked_again_first()
    {
        _transport.Answer = uri => uri.Host == "a" ? throw new TaskCanceledException() : HttpStatusCode.OK;
        await Assert.ThrowsAsync<TaskCanceledException>(() => _http.GetAsync("x"));
        using HttpResponseMessage response = await _http.GetAsync("x");
        Assert.Equal("http://b:2/x", _transport.Asked[^1].Trim());
    }

    private sealed class Transport : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public Func<Uri, HttpStatusCode?> Answer { get; set; } = _ => HttpStatusCode.OK;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.RequestUri} {(request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "")}");
            return Answer(request.RequestUri!) is { } status ? new HttpResponseMessage(status) : throw new HttpRequestException("refused");
        }
    }
}
