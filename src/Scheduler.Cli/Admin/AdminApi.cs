using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Client;

namespace Scheduler.Cli.Admin;

/// <summary>Calls of the scheduler, one try each: an operator sees what happened and decides himself.</summary>
internal sealed class AdminApi(HttpClient http, TimeProvider time, string? key)
{
    /// <summary>Reads a document.</summary>
    public Task<Result<ApiAnswer>> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <summary>Reads a document and what it says.</summary>
    public async Task<Result<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        Result<ApiAnswer> answer = await GetAsync(path, cancellation);
        return answer.IsOk ? answer.Value.Read(type) : answer.Problem;
    }

    /// <summary>Creates something. Carries an Idempotency-Key, so that a proxy's second try does not create it twice.</summary>
    public Task<Result<ApiAnswer>> PostAsync<T>(string path, T message, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(message, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return PostAsync(path, content, cancellation);
    }

    /// <summary>Calls a verb that needs no body.</summary>
    public Task<Result<ApiAnswer>> PostAsync(string path, HttpContent? content, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        return SendAsync(request, cancellation);
    }

    /// <summary>Removes something.</summary>
    public Task<Result<ApiAnswer>> DeleteAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellation);

    /// <summary>Opens a stream of server-sent events.</summary>
    /// <param name="path">The call.</param>
    /// <param name="lastId">Id of the last event that the caller has; null for what comes from now on.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Result<StreamReader>> FollowAsync(string path, string? lastId, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (lastId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        try
        {
            HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode) return new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
            using HttpResponseMessage refused = response;
            return ProblemReader.Read(refused, await refused.Content.ReadAsByteArrayAsync(cancellation), time);
        }
        catch (HttpRequestException e)
        {
            return SchedulerProblem.Unreachable(e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SchedulerProblem.Unreachable($"no answer within {http.Timeout.TotalSeconds:0} s");
        }
    }

    /// <summary>Sends a request, which is used up.</summary>
    public async Task<Result<ApiAnswer>> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using HttpRequestMessage owned = request;
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellation);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.IsSuccessStatusCode
                ? new ApiAnswer(body, response.Headers.ETag?.ToString())
                : ProblemReader.Read(response, body, time);
        }
        catch (HttpRequestException e)
        {
            return SchedulerProblem.Unreachable(e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SchedulerProblem.Unreachable($"no answer within {http.Timeout.TotalSeconds:0} s");
        }
    }
}
