namespace Scheduler.IntegrationTests;

/// <summary>Waiting for something that happens in another process.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks again and again until something holds, or the test fails.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 20)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(seconds), $"not {what} within {seconds} s");
            await Task.Delay(Pause);
        }
    }
}
