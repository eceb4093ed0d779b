using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Client;

/// <summary>One HTTP call with its tries: what players and reporters share.</summary>
internal sealed class SchedulerCalls(HttpClient http, TimeProvider time, RetryPolicy retry, Random random, string? key)
{
    /// <summary>Sends a request until it succeeds, is refused for good, or the tries are used up.</summary>
    /// <param name="make">Makes the request; called once a try, because a request can be sent once only.</param>
    /// <param name="cancellation">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The body of the answer, empty for 204.</returns>
    public async Task<Result<byte[]>> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        TimeSpan delay = TimeSpan.Zero;
        for (int failures = 1; ; failures++)
        {
            Result<byte[]> answer = await TryOnceAsync(make, cancellation);
            if (answer.IsOk || retry.DelayAfter(failures, delay, answer.Problem, random) is not { } next) return answer;
            delay = next;
            await Task.Delay(delay, time, cancellation);
        }
    }

    /// <summary>As <see cref="SendAsync(Func{HttpRequestMessage}, CancellationToken)"/>, with the body read as JSON.</summary>
    public async Task<Result<T>> SendAsync<T>(Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        Result<byte[]> answer = await SendAsync(make, cancellation);
        if (!answer.IsOk) return answer.Problem;
        try
        {
            return JsonSerializer.Deserialize(answer.Value, type) is { } value
                ? value
                : SchedulerProblem.Unreachable("The answer was empty.");
        }
        catch (JsonException e)
        {
            return SchedulerProblem.Unreachable("The answer is not the scheduler's: " + e.Message);
        }
    }

    private async Task<Result<byte[]>> TryOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(retry.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using HttpRequestMessage request = make();
            if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.IsSuccessStatusCode ? body : ProblemReader.Read(response, body, time);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SchedulerProblem.Unreachable($"No answer within {retry.AttemptTimeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException e)
        {
            return SchedulerProblem.Unreachable(e.InnerException?.Message ?? e.Message);
        }
        catch (IOException e)
        {
            return SchedulerProblem.Unreachable(e.Message);
        }
    }
}
