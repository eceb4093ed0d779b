namespace Scheduler.IntegrationTests;

/// <summary>A directory that a test may fill; gone when it is disposed.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("scheduler-tests-").FullName;

    public string File(params string[] parts) => Path.Combine([Root, .. parts]);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
