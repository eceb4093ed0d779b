namespace Scheduler.Tests.Architecture;

/// <summary>Asserts over lists of what breaks a rule.</summary>
internal static class Findings
{
    /// <summary>Fails with the whole list, a line each; xUnit's own message ends after the fifth.</summary>
    public static void None(IEnumerable<string> findings)
    {
        string[] all = [.. findings.Distinct()];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
