using System.Buffers;
using System.IO.Pipelines;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Tests.Protocol.Grpc;

public sealed class MessageReaderTests
{
    private const int MaxLength = 1_000;

    [Fact]
    public void Messages_come_whole_however_the_bytes_are_cut() => Prop.ForAll(
        Gen.Choose(0, 300).ArrayOf().Select(lengths => lengths.Select((length, i) => Enumerable.Repeat((byte)i, length).ToArray()).ToArray()).ToArbitrary(),
        Gen.Choose(1, 40).NonEmptyListOf().Select(cuts => cuts.ToArray()).ToArbitrary(),
        (messages, cuts) => ReadAll(Cut([.. messages.SelectMany(message => Framed(message))], cuts)) is (var read, GrpcStatusCode.Ok)
            && read.Count == messages.Length && read.Zip(messages).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Packed_and_bare_messages_may_take_turns() => Prop.ForAll<byte[], byte[]>((bare, packed) =>
        ReadAll(Cut([.. Framed(packed, isPacked: true), .. Framed(bare), .. Framed(packed, isPacked: true)], [7]), GrpcNames.Gzip) is ([var first, var second, var third], GrpcStatusCode.Ok)
        && first.AsSpan().SequenceEqual(packed) && second.AsSpan().SequenceEqual(bare) && third.AsSpan().SequenceEqual(packed)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("02 00 00 00 00", GrpcStatusCode.Internal)]
    [InlineData("FF", GrpcStatusCode.Internal)]
    [InlineData("00 00 00", GrpcStatusCode.Internal)]
    [InlineData("00 00 00 00 02 41", GrpcStatusCode.Internal)]
    [InlineData("00 00 00 03 E9", GrpcStatusCode.ResourceExhausted)]
    [InlineData("00 FF FF FF FF", GrpcStatusCode.ResourceExhausted)]
    [InlineData("01 00 00 00 00", GrpcStatusCode.Internal)]
    [InlineData("", GrpcStatusCode.Ok)]
    public void What_is_no_message_ends_with_its_status(string hex, GrpcStatusCode code)
    {
        (List<byte[]> read, GrpcStatusCode end) = ReadAll([Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))]);
        Assert.Empty(read);
        Assert.Equal(code, end);
    }

    [Theory]
    [InlineData(null, GrpcStatusCode.Internal)]
    [InlineData("identity", GrpcStatusCode.Internal)]
    [InlineData("snappy", GrpcStatusCode.Unimplemented)]
    public void A_packed_message_needs_an_encoding_that_is_known(string? encoding, GrpcStatusCode code) =>
        Assert.Equal(code, ReadAll([Framed([1, 2, 3], isPacked: true)], encoding).End);

    [Fact]
    public void A_message_that_unpacks_to_too_much_is_not_unpacked_further()
    {
        byte[] bomb = GzipMessage.Pack(new byte[64 * 1024 * 1024]).ToArray();
        Assert.InRange(bomb.Length, 1, 1_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(GrpcStatusCode.ResourceExhausted, GzipMessage.Unpack(new ReadOnlySequence<byte>(bomb), 1 << 20, output).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.InRange(output.WrittenCount, 0, 1 << 20);
        Assert.True(GzipMessage.Unpack(new ReadOnlySequence<byte>(GzipMessage.Pack(new byte[1 << 20])), 1 << 20, new ArrayBufferWriter<byte>()).IsOk);
    }

    [Fact]
    public void A_packed_message_that_is_cut_or_changed_is_no_message()
    {
        byte[] packed = GzipMessage.Pack("live-42 live-42 live-42 live-42"u8).ToArray();
        for (int length = 0; length < packed.Length; length++)
            Assert.Equal(GrpcStatusCode.Internal, GzipMessage.Unpack(new ReadOnlySequence<byte>(packed, 0, length), MaxLength, new ArrayBufferWriter<byte>()).Code);
        packed[^5] ^= 1; // of its checksum
        Assert.Equal(GrpcStatusCode.Internal, GzipMessage.Unpack(new ReadOnlySequence<byte>(packed), MaxLength, new ArrayBufferWriter<byte>()).Code);
    }

    [Fact]
    public void A_million_mutated_frames_end_with_a_message_or_a_status_and_never_otherwise()
    {
        var random = new Random(20261123);
        int cases = Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1" ? 10_000_000 : 1_000_000;
        byte[][] seeds = [Framed([]), Framed([0x0A, 0x07, .. "live-42"u8]), Framed(new byte[100], isPacked: true), [.. Framed([1]), .. Framed([2, 3])]];
        int whole = 0, partial = 0, refused = 0;
        for (int i = 0; i < cases; i++)
        {
            byte[] bytes = Mutate(seeds[i % seeds.Length], random);
            var buffer = new ReadOnlySequence<byte>(bytes);
            FrameRead found = MessageFrame.TryTake(ref buffer, MaxLength, out bool isPacked, out ReadOnlySequence<byte> message);
            Assert.True(buffer.Length + (found == FrameRead.Whole ? message.Length + MessageFrame.HeaderLength : 0) == bytes.Length);
            if (found == FrameRead.Whole) whole++;
            else if (found == FrameRead.Partial) partial++;
            else refused++;
            // To unpack is a thousand times the work: of packed ones a part is.
            if (found == FrameRead.Whole && isPacked && i % 50 < 4)
                Assert.True(GzipMessage.Unpack(message, MaxLength, new ArrayBufferWriter<byte>()).Code is GrpcStatusCode.Ok or GrpcStatusCode.Internal or GrpcStatusCode.ResourceExhausted);
        }
        Assert.All([whole, partial, refused], count => Assert.InRange(count, cases / 20, cases)); // each was met
    }

    internal static byte[] Framed(byte[] message, bool isPacked = false)
    {
        byte[] body = isPacked ? GzipMessage.Pack(message).ToArray() : message;
        byte[] framed = new byte[MessageFrame.HeaderLength + body.Length];
        MessageFrame.WriteHeader(framed, body.Length, isPacked);
        body.CopyTo(framed, MessageFrame.HeaderLength);
        return framed;
    }

    internal static byte[] Mutate(byte[] seed, Random random, int mostEdits = 3)
    {
        byte[] bytes = (byte[])seed.Clone();
        for (int edits = random.Next(mostEdits + 1); edits > 0; edits--)
        {
            switch (random.Next(4))
            {
                case 0 when bytes.Length > 0:
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    break;
                case 1 when bytes.Length > 0:
                    bytes = bytes[..random.Next(bytes.Length)];
                    break;
                case 2 when bytes.Length > 4:
                    bytes[random.Next(5)] = (byte)random.Next(256);
                    break;
                default:
                    int at = random.Next(bytes.Length + 1);
                    bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                    break;
            }
        }
        return bytes;
    }

    private static List<byte[]> Cut(byte[] bytes, int[] cuts)
    {
        var pieces = new List<byte[]>();
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            int length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
            pieces.Add(bytes[at..(at + length)]);
            at += length;
        }
        return pieces;
    }

    private static (List<byte[]> Messages, GrpcStatusCode End) ReadAll(List<byte[]> pieces, string? encoding = null)
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0));
        using var reader = new MessageReader(pipe.Reader, encoding, MaxLength);
        var messages = new List<byte[]>();
        Task<GrpcStatusCode> reading = ReadOnAsync(reader, messages);
        foreach (byte[] piece in pieces) pipe.Writer.WriteAsync(piece).AsTask().Wait();
        pipe.Writer.Complete();
        return (messages, reading.GetAwaiter().GetResult());
    }

    private static async Task<GrpcStatusCode> ReadOnAsync(MessageReader reader, List<byte[]> messages)
    {
        while (true)
        {
            MessageRead read = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (read.End is { } end) return end.Code;
            messages.Add(read.Message.ToArray());
        }
    }
}
