using System.Net.Http.Headers;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>What the console answered.</summary>
internal sealed record ConsoleAnswer(int Status, string Text, HttpResponseHeaders Headers, MediaTypeHeaderValue? Type)
{
    public string? Location => Headers.Location?.OriginalString;

    public ConsoleAnswer Is(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Text}");
        return this;
    }

    public ConsoleAnswer LeadsTo(string path)
    {
        Is(303);
        Assert.Equal(path, Location);
        return this;
    }
}
