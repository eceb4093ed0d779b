namespace Scheduler.Client.Edges;

/// <summary>How a <see cref="NodeAudience"/> behaves.</summary>
public sealed record NodeAudienceOptions
{
    /// <summary>How long a viewer is taken to be there after his last request or byte. For players that hold a connection, count what is sent to them, and call <see cref="EdgeViewer.Leave"/>.</summary>
    /// <value>Default 30 s: several segments of HLS.</value>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(30);
}
