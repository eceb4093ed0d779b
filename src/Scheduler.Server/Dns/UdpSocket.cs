using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Scheduler.Protocol.Dns;
using Scheduler.State;

namespace Scheduler.Server.Dns;

/// <summary>One UDP socket and the thread that answers on it: many datagrams a call on Linux, one a call elsewhere. Allocates nothing once it runs.</summary>
internal sealed unsafe class UdpSocket : IDisposable
{
    private const int Batch = 64;
    private const int LongestQuery = 1_536;
    private const int ControlLength = 64;
    private const int BufferLength = 4 * 1024 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Socket _socket;
    private readonly DnsHandler _handler;
    private readonly SchedulerClock _clock;
    private readonly Func<bool> _isOpen;
    private readonly bool _isEverywhere;
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(Batch * LongestQuery, pinned: true);
    private readonly byte[] _output = GC.AllocateUninitializedArray<byte>(Batch * DnsRules.MostUdpLength, pinned: true);
    private readonly byte[] _names = GC.AllocateArray<byte>(Batch * DatagramAddress.MaxLength, pinned: true);
    private readonly byte[] _controls = GC.AllocateArray<byte>(Batch * ControlLength, pinned: true);
    private readonly NativeSockets.Vector[] _vectors = GC.AllocateArray<NativeSockets.Vector>(2 * Batch, pinned: true);
    private readonly NativeSockets.Message[] _messages = GC.AllocateArray<NativeSockets.Message>(2 * Batch, pinned: true);
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <summary>Binds a socket.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="isShared">True when other sockets share the address.</param>
    /// <param name="handler">Answers.</param>
    /// <param name="isOpen">Whether answers are given now.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public UdpSocket(IPEndPoint endpoint, bool isShared, DnsHandler handler, Func<bool> isOpen, SchedulerClock clock)
    {
        (_handler, _isOpen, _clock) = (handler, isOpen, clock);
        _isEverywhere = endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any);
        _socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferLength, SendBufferSize = BufferLength };
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6) _socket.DualMode = false;
            if (isShared) SetNative(NativeSockets.SocketLevel, NativeSockets.ReusePort, 1);
            if (NativeSockets.IsSupported) Prepare(endpoint.AddressFamily);
            _socket.Bind(endpoint);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
        _thread = new Thread(NativeSockets.IsSupported ? AnswerMany : AnswerOne) { IsBackground = true, Name = "dns" };
    }

    /// <summary>Where it is bound.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Begins to answer.</summary>
    public void Start() => _thread.Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        if (_thread.IsAlive) _thread.Join(TimeSpan.FromSeconds(2)); // it looks up every so often
        _socket.Dispose();
    }

    private void SetNative(int level, int option, int value) => _socket.SetRawSocketOption(level, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    private void Prepare(AddressFamily family)
    {
        Span<long> wait = [0, (long)Look.TotalMicroseconds]; // struct timeval
        _socket.SetRawSocketOption(NativeSockets.SocketLevel, NativeSockets.ReceiveTimeout, MemoryMarshal.AsBytes(wait));
        if (!_isEverywhere) return;
        // An answer must come from the address that was asked, which a socket of all addresses does not know by itself.
        if (family == AddressFamily.InterNetwork) SetNative(NativeSockets.IpLevel, NativeSockets.IpPacketInfo, 1);
        else SetNative(NativeSockets.Ipv6Level, NativeSockets.Ipv6ReceivePacketInfo, 1);
    }

    private void AnswerMany()
    {
        int socket = (int)_socket.SafeHandle.DangerousGetHandle(); // held open until this thread has ended
        for (int i = 0; i < Batch; i++)
        {
            _vectors[i] = new NativeSockets.Vector { Base = At(_input, i * LongestQuery), Length = LongestQuery };
            _messages[i] = new NativeSockets.Message { Name = At(_names, i * DatagramAddress.MaxLength), Vectors = VectorAt(i), VectorCount = 1 };
        }
        var messages = (NativeSockets.Message*)Marshal.UnsafeAddrOfPinnedArrayElement(_messages, 0);
        while (!_stopping)
        {
            for (int i = 0; i < Batch; i++)
            {
                messages[i].NameLength = DatagramAddress.MaxLength;
                messages[i].Control = _isEverywhere ? At(_controls, i * ControlLength) : null;
                messages[i].ControlLength = _isEverywhere ? ControlLength : 0u;
            }
            int received = NativeSockets.Receive(socket, messages, Batch, NativeSockets.WaitForOne, 0);
            if (received > 0) Answer(socket, messages, received);
        }
    }

    /// <summary>Answers what one call brought, and sends what goes out by one call more.</summary>
    private void Answer(int socket, NativeSockets.Message* messages, int received)
    {
        DnsMoment? moment = _handler.Moment(_isOpen());
        long nowMs = _clock.NowMs;
        int answers = 0;
        for (int i = 0; i < received; i++)
        {
            ref NativeSockets.Message question = ref messages[i];
            var name = new ReadOnlySpan<byte>(question.Name, (int)question.NameLength);
            if (!DatagramAddress.IsAnswerable(name)) continue;
            var asker = new DnsAsker(DatagramAddress.Read(name), IsStream: false);
            Span<byte> output = _output.AsSpan(answers * DnsRules.MostUdpLength, DnsRules.MostUdpLength);
            int length = _handler.Handle(new ReadOnlySpan<byte>(question.Vectors->Base, (int)question.Length), in asker, in moment, nowMs, output);
            if (length == 0) continue;
            int place = Batch + answers;
            _vectors[place] = new NativeSockets.Vector { Base = At(_output, answers * DnsRules.MostUdpLength), Length = (nuint)length };
            messages[place] = new NativeSockets.Message
            {
                Name = question.Name, NameLength = question.NameLength, Vectors = VectorAt(place), VectorCount = 1,
                Control = question.ControlLength > 0 ? question.Control : null, ControlLength = question.ControlLength,
            };
            if (messages[place].Control is not null) PacketInfo.Reply(new Span<byte>(question.Control, (int)question.ControlLength));
            answers++;
        }
        for (int sent = 0; sent < answers;)
        {
            int more = NativeSockets.Send(socket, messages + Batch + sent, (uint)(answers - sent), 0);
            sent += Math.Max(1, more); // one that cannot be sent is passed over: its asker asks again
        }
    }

    private void AnswerOne()
    {
        var from = new SocketAddress(_socket.AddressFamily);
        _socket.ReceiveTimeout = (int)Look.TotalMilliseconds;
        while (!_stopping)
        {
            try
            {
                int length = _socket.ReceiveFrom(_input.AsSpan(0, LongestQuery), SocketFlags.None, from);
                DnsMoment? moment = _handler.Moment(_isOpen());
                ReadOnlySpan<byte> name = from.Buffer.Span[..from.Size];
                if (!DatagramAddress.IsAnswerable(name)) continue;
                var asker = new DnsAsker(DatagramAddress.Read(name), IsStream: false);
                int answer = _handler.Handle(_input.AsSpan(0, length), in asker, in moment, _clock.NowMs, _output);
                if (answer > 0) _socket.SendTo(_output.AsSpan(0, answer), SocketFlags.None, from);
            }
            catch (SocketException)
            {
                // Nothing came in time, or an earlier answer could not be delivered: what matters is the next question.
            }
        }
    }

    private static byte* At(byte[] pinned, int offset) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, offset);

    private NativeSockets.Vector* VectorAt(int index) => (NativeSockets.Vector*)Marshal.UnsafeAddrOfPinnedArrayElement(_vectors, index);
}
