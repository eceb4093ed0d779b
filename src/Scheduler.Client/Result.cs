using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Client;

/// <summary>What a call gave: a value, or the problem that stood in its way.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly struct Result<T>
    where T : class
{
    private Result(T? value, SchedulerProblem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value; null when there is a problem.</summary>
    public T? Value { get; }

    /// <summary>The problem; null when there is a value.</summary>
    public SchedulerProblem? Problem { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsOk => Problem is null;

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator Result<T>(SchedulerProblem problem) => new(null, problem);
}
