using System.Text.Json;
using Scheduler.Tests.Server.Admin;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>What every refusal of a player or report call must be.</summary>
internal static class Refusals
{
    /// <summary>Problem details of a status and type, with exactly these fields at fault, a reason for each and nothing of the inside.</summary>
    public static Answer Refuses(this Answer answer, int status, string type, params string[] fields)
    {
        Assert.True(answer.Status == status, $"expected {status}, got {answer.Status}: {answer.Text}");
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal($"/problems/{type}", answer.Json.GetProperty("type").GetString());
        Assert.NotEqual("", answer.Json.GetProperty("title").GetString());
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        JsonElement[] errors = answer.Json.TryGetProperty("errors", out JsonElement list) ? [.. list.EnumerateArray()] : [];
        Assert.Equal(fields, errors.Select(e => e.GetProperty("field").GetString()));
        Assert.All(errors, e => Assert.False(string.IsNullOrWhiteSpace(e.GetProperty("reason").GetString())));
        return answer;
    }

    /// <summary>A refusal that tells when to ask again.</summary>
    public static Answer AsksToRetry(this Answer answer)
    {
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, "there is no Retry-After");
        return answer;
    }
}
