using Scheduler.Core.Capacity;
using Scheduler.Protocol.Grpc.Protobuf;

namespace Scheduler.Protocol.Grpc.Reports;

/// <summary>What is taken of an <c>xds.data.orca.v3.OrcaLoadReport</c>.</summary>
internal ref struct OrcaReport
{
    private ReadOnlySpan<byte> _message;

    /// <summary>Share of the processors in use, in [0, 1]: beyond a soft limit ORCA goes over 1. Null when not said.</summary>
    public double? Cpu { get; private set; }

    /// <summary>Share of memory in use, as it was said; null when not said.</summary>
    public double? Memory { get; private set; }

    /// <summary>The named metric <c>capacity_bps</c>, rounded; null when not said.</summary>
    public long? CapacityBps { get; private set; }

    /// <summary>The named metric <c>egress_bps</c>, rounded; null when not said.</summary>
    public long? EgressBps { get; private set; }

    /// <summary>The named metric <c>sessions</c>, rounded; null when not said.</summary>
    public long? Sessions { get; private set; }

    /// <summary>Reads the field that the reader stands at.</summary>
    public void Read(scoped ref ProtobufReader reader)
    {
        _message = reader.Bytes();
        var fields = new ProtobufReader(_message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1 when fields.Is(WireType.Fixed64): Cpu = Math.Min(1, fields.Double()); break;
                case 2 when fields.Is(WireType.Fixed64): Memory = fields.Double(); break;
                case 8 when fields.Is(WireType.Bytes): Named(fields.Bytes(), ref reader); break;
                default: fields.Skip(); break;
            }
        }
        if (fields.IsBroken) reader.Break();
    }

    /// <summary>Goes through the shares of resources in use, each a limit with hard 1.</summary>
    public readonly UtilisationEnumerator GetEnumerator() => new(_message);

    private void Named(ReadOnlySpan<byte> entry, scoped ref ProtobufReader reader)
    {
        if (!TryReadEntry(entry, out ReadOnlySpan<byte> name, out double value))
        {
            reader.Break();
            return;
        }
        long? whole = value is >= 0 and < 1e18 ? (long)Math.Round(value) : null;
        if (name.SequenceEqual("capacity_bps"u8)) CapacityBps = whole;
        else if (name.SequenceEqual("egress_bps"u8)) EgressBps = whole;
        else if (name.SequenceEqual("sessions"u8)) Sessions = whole;
    }

    private static bool TryReadEntry(ReadOnlySpan<byte> entry, out ReadOnlySpan<byte> key, out double value)
    {
        key = default;
        value = 0;
        var reader = new ProtobufReader(entry);
        while (reader.Next())
        {
            if (reader.Field == 1 && reader.Is(WireType.Bytes)) key = reader.Text();
            else if (reader.Field == 2 && reader.Is(WireType.Fixed64)) value = reader.Double();
            else reader.Skip();
        }
        return !reader.IsBroken;
    }

    /// <summary>Goes through <c>utilization</c> and <c>application_utilization</c>.</summary>
    public ref struct UtilisationEnumerator
    {
        private ProtobufReader _reader;

        internal UtilisationEnumerator(ReadOnlySpan<byte> message) => _reader = new ProtobufReader(message);

        /// <summary>The limit.</summary>
        public ReportedLimit Current { get; private set; }

        /// <summary>Goes to the next; false at the end. What is no share is passed over: it says nothing of a limit.</summary>
        public bool MoveNext()
        {
            while (_reader.Next())
            {
                double share = double.NaN;
                if (_reader.Field == 5 && _reader.Is(WireType.Bytes))
                {
                    if (!TryReadEntry(_reader.Bytes(), out _, out share)) share = double.NaN;
                }
                else if (_reader.Field == 9 && _reader.Is(WireType.Fixed64)) share = _reader.Double();
                else _reader.Skip();
                if (share is not (> 0 and < 1e6)) continue;
                Current = new ReportedLimit(1, share);
                return true;
            }
            return false;
        }
    }
}
