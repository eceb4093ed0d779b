using System.Net;

namespace Scheduler.Client;

/// <summary>
/// Sends calls to one of several schedulers: to the one that answered last, and to the next ones in turn when it cannot be reached or says 503. Each is asked once a call.
/// A call that ends because its time is up moves on too: the next try asks another one.
/// </summary>
/// <param name="targets">Their addresses, at least one, each with a closing slash; a client's base address is the first.</param>
/// <param name="inner">Carries the calls.</param>
public sealed class FailoverHandler(IReadOnlyList<Uri> targets, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int _current;

    /// <summary>A client that speaks to one of several schedulers, over connections that are made anew every five minutes, so that a name that moves is followed.</summary>
    /// <param name="targets">Their addresses, at least one.</param>
    /// <returns>The client; the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">There is no address.</exception>
    public static HttpClient Connect(params IReadOnlyList<Uri> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0) throw new ArgumentException("There must be at least one address.", nameof(targets));
        Uri[] roots = [.. targets.Select(target => target.AbsoluteUri.EndsWith('/') ? target : new Uri(target.AbsoluteUri + "/"))];
        var transport = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, AllowAutoRedirect = false,
        };
        return new HttpClient(new FailoverHandler(roots, transport), disposeHandler: true) { BaseAddress = roots[0], Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The one that answered last.</summary>
    public Uri Current => targets[Volatile.Read(ref _current)];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Uri path = targets[0].MakeRelativeUri(request.RequestUri!);
        for (int left = targets.Count - 1; ; left--)
        {
            int asked = Volatile.Read(ref _current);
            request.RequestUri = new Uri(targets[asked], path);
            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || left == 0) return response;
                response.Dispose();
                MoveOn(asked);
            }
            catch (HttpRequestException)
            {
                MoveOn(asked);
                if (left == 0) throw;
            }
            catch (OperationCanceledException)
            {
                MoveOn(asked);
                throw;
            }
        }
    }

    /// <summary>The next one is asked from now on, unless another call has moved on already.</summary>
    private void MoveOn(int asked) => Interlocked.CompareExchange(ref _current, (asked + 1) % targets.Count, asked);
}
