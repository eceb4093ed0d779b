using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Scheduler.Tests.Server.Admin;

/// <summary>An answer of the admin API.</summary>
internal sealed record Answer(int Status, HttpResponseHeaders Headers, string? MediaType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? ETag => Headers.ETag?.Tag;

    /// <summary>Asserts that the answer is an error with problem details, and nothing of the inside in it.</summary>
    public Answer Fails(int status, string? type = null, params string[] fields)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", Json.GetProperty("title").GetString());
        Assert.NotEqual("", Json.GetProperty("detail").GetString());
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        if (type is not null) Assert.Equal($"/problems/{type}", Json.GetProperty("type").GetString());
        string[] found = Json.TryGetProperty("errors", out JsonElement errors) ? [.. errors.EnumerateArray().Select(error => error.GetProperty("field").GetString()!)] : [];
        Assert.Equal(fields.Order(), found.Order());
        if (errors.ValueKind == JsonValueKind.Array) Assert.All(errors.EnumerateArray(), error => Assert.NotEqual("", error.GetProperty("reason").GetString()));
        return this;
    }

    public Answer Succeeds(int status = 200)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Text}");
        return this;
    }
}
