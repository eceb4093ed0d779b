namespace Scheduler.Protocol.Dns;

/// <summary>What is to be done with a message that came in.</summary>
public enum QueryVerdict
{
    /// <summary>Answer it.</summary>
    Answer = 0,

    /// <summary>Say nothing: it is an answer itself, or too short to be anything. To answer would make a loop.</summary>
    Drop = 1,

    /// <summary>Say that it could not be understood.</summary>
    FormatError = 2,

    /// <summary>Say that its kind is not answered.</summary>
    NotImplemented = 3,

    /// <summary>Say that its version of EDNS is not known.</summary>
    BadVersion = 4,
}
