using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Scheduler.Core.Sessions;

/// <summary>
/// AES-128-CMAC (RFC 4493, NIST SP 800-38B) under one key, with everything that depends on the key computed once. About 15 ns for a block
/// with AES instructions. Immutable, so any number of threads may share one.
/// </summary>
internal sealed class AesCmac
{
    /// <summary>Length of a key, bytes.</summary>
    public const int KeyLength = 16;

    /// <summary>Length of a MAC, bytes.</summary>
    public const int MacLength = 16;

    private const int BlockLength = 16;

    private readonly byte[] _key;
    private readonly bool _hardware;
    private readonly RoundKeys _rounds;
    private readonly Vector128<byte> _wholeBlockKey;   // K1 of RFC 4493
    private readonly Vector128<byte> _paddedBlockKey;  // K2

    /// <summary>Prepares a key.</summary>
    /// <param name="key">16 bytes.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public AesCmac(ReadOnlySpan<byte> key) : this(key, IsHardwareSupported)
    {
    }

    /// <summary>As the other, but lets a test take the path of a machine without AES instructions.</summary>
    internal AesCmac(ReadOnlySpan<byte> key, bool hardware)
    {
        if (key.Length != KeyLength) throw new ArgumentException("An AES-128 key has 16 bytes.", nameof(key));
        _key = key.ToArray();
        _hardware = hardware;
        if (hardware) _rounds = Expand(key);

        Span<byte> zero = stackalloc byte[BlockLength];
        UInt128 l = BinaryPrimitives.ReadUInt128BigEndian(hardware ? Bytes(Encrypt(Vector128<byte>.Zero)) : EncryptByLibrary(zero));
        UInt128 k1 = Double(l);
        _wholeBlockKey = Block(k1);
        _paddedBlockKey = Block(Double(k1));
    }

    /// <summary>True where the processor has AES instructions.</summary>
    public static bool IsHardwareSupported => X86Aes.IsSupported || ArmAes.IsSupported;

    /// <summary>Copies the key out.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    public void CopyKeyTo(Span<byte> destination) => _key.CopyTo(destination);

    /// <summary>Computes the MAC of a message.</summary>
    /// <param name="message">Any length, also none.</param>
    /// <param name="mac">At least 16 bytes.</param>
    public void Compute(ReadOnlySpan<byte> message, Span<byte> mac)
    {
        if (_hardware) Chain(message).CopyTo(mac);
        else ComputeByLibrary(message, mac);
    }

    /// <summary>True when the MAC is that of the message; takes the same time whatever the MAC says.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac)
    {
        Span<byte> expected = stackalloc byte[MacLength];
        Compute(message, expected);
        return CryptographicOperations.FixedTimeEquals(expected, mac);
    }

    private Vector128<byte> Chain(ReadOnlySpan<byte> message)
    {
        Vector128<byte> state = Vector128<byte>.Zero;
        while (message.Length > BlockLength)
        {
            state = Encrypt(state ^ Vector128.Create(message));
            message = message[BlockLength..];
        }
        return Encrypt(state ^ Last(message));
    }

    /// <summary>The last block: XORed with K1 when whole, else padded with a one bit and zeros and XORed with K2.</summary>
    private Vector128<byte> Last(ReadOnlySpan<byte> rest)
    {
        if (rest.Length == BlockLength) return Vector128.Create(rest) ^ _wholeBlockKey;
        Span<byte> padded = stackalloc byte[BlockLength];
        rest.CopyTo(padded);
        padded[rest.Length] = 0x80;
        return Vector128.Create((ReadOnlySpan<byte>)padded) ^ _paddedBlockKey;
    }

    private void ComputeByLibrary(ReadOnlySpan<byte> message, Span<byte> mac)
    {
        // CMAC is the last block of CBC with a zero IV, once the last block has had its subkey.
        int blocks = Math.Max(1, (message.Length + BlockLength - 1) / BlockLength);
        Span<byte> text = blocks <= 16 ? stackalloc byte[blocks * BlockLength] : new byte[blocks * BlockLength];
        int last = (blocks - 1) * BlockLength;
        message[..last].CopyTo(text);
        Last(message[last..]).CopyTo(text[last..]);
        Span<byte> zero = stackalloc byte[BlockLength];
        using Aes aes = LibraryCipher();
        aes.EncryptCbc(text, zero, text, PaddingMode.None);
        text[last..].CopyTo(mac);
    }

    private byte[] EncryptByLibrary(ReadOnlySpan<byte> block)
    {
        using Aes aes = LibraryCipher();
        return aes.EncryptEcb(block, PaddingMode.None);
    }

    private Aes LibraryCipher()
    {
        // One a call: an Aes may not be shared by threads. Slow, and only where no processor of this century is.
        Aes aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Encrypt(Vector128<byte> block)
    {
        if (X86Aes.IsSupported)
        {
            block ^= _rounds[0];
            block = X86Aes.Encrypt(block, _rounds[1]);
            block = X86Aes.Encrypt(block, _rounds[2]);
            block = X86Aes.Encrypt(block, _rounds[3]);
            block = X86Aes.Encrypt(block, _rounds[4]);
            block = X86Aes.Encrypt(block, _rounds[5]);
            block = X86Aes.Encrypt(block, _rounds[6]);
            block = X86Aes.Encrypt(block, _rounds[7]);
            block = X86Aes.Encrypt(block, _rounds[8]);
            block = X86Aes.Encrypt(block, _rounds[9]);
            return X86Aes.EncryptLast(block, _rounds[10]);
        }
        // Arm adds the key before the substitution, x86 after the mixing: the same rounds, cut at another place.
        for (int round = 0; round < 9; round++) block = ArmAes.MixColumns(ArmAes.Encrypt(block, _rounds[round]));
        return ArmAes.Encrypt(block, _rounds[9]) ^ _rounds[10];
    }

    /// <summary>Key expansion of FIPS 197, section 5.2.</summary>
    private static RoundKeys Expand(ReadOnlySpan<byte> key)
    {
        RoundKeys keys = default;
        Vector128<uint> words = Vector128.Create(key).AsUInt32();
        byte roundConstant = 1;
        for (int round = 0; ; round++)
        {
            keys[round] = words.AsByte();
            if (round == 10) return keys;
            uint w0 = words[0] ^ SubstituteWord(BitOperations.RotateRight(words[3], 8)) ^ roundConstant;
            uint w1 = words[1] ^ w0;
            uint w2 = words[2] ^ w1;
            words = Vector128.Create(w0, w1, w2, words[3] ^ w2);
            roundConstant = (byte)((roundConstant << 1) ^ ((roundConstant >> 7) * 0x1B));
        }
    }

    /// <summary>
    /// The S-box on four bytes: a last round under a zero key, whose row shift changes nothing when all columns are alike.
    /// </summary>
    private static uint SubstituteWord(uint word)
    {
        Vector128<byte> columns = Vector128.Create(word).AsByte();
        Vector128<byte> substituted = X86Aes.IsSupported
            ? X86Aes.EncryptLast(columns, Vector128<byte>.Zero)
            : ArmAes.Encrypt(columns, Vector128<byte>.Zero);
        return substituted.AsUInt32().ToScalar();
    }

    /// <summary>Multiplication by x in GF(2^128), as RFC 4493 makes its subkeys.</summary>
    private static UInt128 Double(UInt128 value) => (value << 1) ^ ((value >> 127) * 0x87);

    private static byte[] Bytes(Vector128<byte> block)
    {
        byte[] bytes = new byte[BlockLength];
        block.CopyTo(bytes);
        return bytes;
    }

    private static Vector128<byte> Block(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[BlockLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return Vector128.Create((ReadOnlySpan<byte>)bytes);
    }

    [InlineArray(11)]
    private struct RoundKeys
    {
        private Vector128<byte> _first;
    }
}
