namespace Scheduler.Server.Endpoints.Live.Usage;

/// <summary>How a report is written.</summary>
internal enum UsageFormat
{
    /// <summary>For programs.</summary>
    Json,

    /// <summary>For spreadsheets.</summary>
    Csv,

    /// <summary>A page for people, which needs nothing else.</summary>
    Html,
}
