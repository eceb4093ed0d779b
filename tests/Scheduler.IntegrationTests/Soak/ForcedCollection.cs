using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Scheduler.IntegrationTests.Soak;

/// <summary>
/// Makes another .NET process collect its whole heap, so that what it then holds is what it cannot let go. It is done as dotnet-gcdump does it: a
/// tracing session with the keyword GCHeapCollect, over the runtime's diagnostics socket ("IPC protocol" in the runtime's documentation).
/// </summary>
internal static class ForcedCollection
{
    private const byte EventPipe = 2, StopTracing = 1, CollectTracing2 = 3;
    private const int HeaderLength = 20;
    private const ulong GcHeapCollect = 0x80_0000;
    private const int Informational = 4;

    public static async Task RunAsync(int process)
    {
        using Socket session = await ConnectAsync(process);
        await SendAsync(session, CollectTracing2, Tracing());
        ulong id = await ReadAnswerAsync(session);
        Task drained = DrainAsync(session);
        using (Socket stop = await ConnectAsync(process))
        {
            byte[] payload = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(payload, id);
            await SendAsync(stop, StopTracing, payload);
            await ReadAnswerAsync(stop);
        }

        await drained;
    }

    private static async Task<Socket> ConnectAsync(int process)
    {
        string path = Assert.Single(Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket"));
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static byte[] Tracing()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(16); // MB of buffers
        writer.Write(1);  // the nettrace format
        writer.Write(false); // no list of methods at the end
        writer.Write(1);  // provider
        writer.Write(GcHeapCollect);
        writer.Write(Informational);
        foreach (string text in (string[])["Microsoft-Windows-DotNETRuntime", ""])
        {
            writer.Write(text.Length + 1);
            writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
        }

        return stream.ToArray();
    }

    private static async Task SendAsync(Socket socket, byte command, byte[] payload)
    {
        byte[] message = new byte[HeaderLength + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        message[16] = EventPipe;
        message[17] = command;
        payload.CopyTo(message, HeaderLength);
        await socket.SendAsync(message);
    }

    private static async Task<ulong> ReadAnswerAsync(Socket socket)
    {
        byte[] answer = new byte[HeaderLength + sizeof(ulong)];
        for (int read = 0; read < answer.Length;)
        {
            int more = await socket.ReceiveAsync(answer.AsMemory(read));
            Assert.True(more > 0, "the runtime hung up");
            read += more;
        }

        Assert.Equal(0, answer[17]); // else an error
        return BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(HeaderLength));
    }

    private static async Task DrainAsync(Socket socket)
    {
        byte[] buffer = new byte[1 << 16];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
            // The trace itself is of no use here.
        }
    }
}
