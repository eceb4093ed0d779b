namespace Scheduler.Core.Topology;

/// <summary>Protocols that a node speaks with players and publishers. Stored: append, never renumber.</summary>
[Flags]
public enum StreamProtocols : byte
{
    /// <summary>None; not valid in a fleet. In a request: any protocol will do.</summary>
    None = 0,

    /// <summary>HTTP Live Streaming (RFC 8216).</summary>
    Hls = 1,

    /// <summary>MPEG-DASH (ISO/IEC 23009-1).</summary>
    Dash = 2,

    /// <summary>FLV over HTTP.</summary>
    Flv = 4,

    /// <summary>WebRTC, by WHEP (playing) and WHIP (publishing).</summary>
    WebRtc = 8,

    /// <summary>RTMP.</summary>
    Rtmp = 16,

    /// <summary>SRT.</summary>
    Srt = 32,
}
