using Scheduler.Protocol.Documents;

namespace Scheduler.Simulator.Files;

/// <summary>One field of a CSV file.</summary>
/// <param name="Text">What it says, quotes resolved.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct CsvField(string Text, DocumentPosition Position);
