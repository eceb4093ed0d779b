namespace Scheduler.Simulator.Files;

/// <summary>One thing that is wrong with a scenario file, or with a file that it names.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1: characters, or bytes in JSON.</param>
/// <param name="Field">Path of the field, such as <c>faults[1].at</c>, or column of a CSV file; empty for the file itself.</param>
/// <param name="Reason">What is wrong and what would be right, one sentence without a full stop.</param>
public sealed record ScenarioProblem(string File, int Line, int Column, string Field, string Reason);
