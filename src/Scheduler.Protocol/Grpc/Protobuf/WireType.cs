namespace Scheduler.Protocol.Grpc.Protobuf;

/// <summary>How a field's value stands on the wire.</summary>
internal enum WireType
{
    /// <summary>Seven bits a byte, least first.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A length and so many bytes.</summary>
    Bytes = 2,

    /// <summary>The beginning of a group; of old files only.</summary>
    GroupBegins = 3,

    /// <summary>The end of a group.</summary>
    GroupEnds = 4,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,
}
