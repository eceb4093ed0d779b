using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>A JSON body that was read.</summary>
/// <param name="Fields">Its fields; null when it could not be read.</param>
/// <param name="Problem">The answer, when it could not be read; else null.</param>
internal sealed record BodyReading(BodyFields? Fields, IResult? Problem)
{
    /// <summary>True when there are fields.</summary>
    public bool Succeeded([NotNullWhen(true)] out BodyFields? fields, [NotNullWhen(false)] out IResult? problem)
    {
        fields = Fields;
        problem = Problem;
        return fields is not null;
    }
}
