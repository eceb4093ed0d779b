using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Scheduler.Tests;

/// <summary>A scheduler in a test's hands: answers what the test says and remembers what it was asked. Opens no socket.</summary>
internal sealed class FakeTransport : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<Call, HttpResponseMessage>> _answers = new();
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

    /// <summary>What a call is answered with once the queued answers are used up; null to fail it as a refused connection does.</summary>
    public Func<Call, HttpResponseMessage>? Otherwise { get; set; }

    /// <summary>A call that came in.</summary>
    public sealed record Call(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);

    public FakeTransport Answers(HttpStatusCode status, string json, string contentType = "application/json", TimeSpan? retryAfter = null)
    {
        _answers.Enqueue(_ => Response(status, json, contentType, retryAfter));
        return this;
    }

    public FakeTransport Answers(Func<Call, HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public FakeTransport Refuses()
    {
        _answers.Enqueue(_ => throw new HttpRequestException("Connection refused"));
        return this;
    }

    /// <summary>The next call, oldest first; waits for one.</summary>
    public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>True when a call came that was not looked at.</summary>
    public bool HasMore => _calls.Reader.Count > 0;

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://scheduler.test/") };

    public static HttpResponseMessage Response(
        HttpStatusCode status, string body = "", string contentType = "application/json", TimeSpan? retryAfter = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        if (retryAfter is { } wait) response.Headers.RetryAfter = new(wait);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers = request.Headers;
        if (request.Content is not null) headers = headers.Concat(request.Content.Headers);
        var call = new Call(
            request.Method.Method, request.RequestUri!.PathAndQuery, body,
            headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase));
        _calls.Writer.TryWrite(call);
        if (_answers.TryDequeue(out Func<Call, HttpResponseMessage>? answer)) return answer(call);
        return Otherwise?.Invoke(call) ?? throw new HttpRequestException("Connection refused");
    }
}
