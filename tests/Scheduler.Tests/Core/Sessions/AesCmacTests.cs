using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Core.Sessions;

public sealed class AesCmacTests
{
    private static readonly byte[] Key = Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c");

    private static readonly byte[] Message = Convert.FromHexString(
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    [Theory] // RFC 4493, section 4
    [InlineData(0, "bb1d6929e95937287fa37d129b756746")]
    [InlineData(16, "070a16b46b4d4144f79bdd9dd04a287c")]
    [InlineData(40, "dfa66747de9ae63030ca32611497c827")]
    [InlineData(64, "51f0bebf7e3b9d92fc49741779363cfe")]
    public void Vectors_of_the_standard_hold_by_instructions_and_by_library(int length, string expected)
    {
        Assert.Equal(expected, Mac(new AesCmac(Key, hardware: false), Message.AsSpan(0, length)));
        if (AesCmac.IsHardwareSupported) Assert.Equal(expected, Mac(new AesCmac(Key, hardware: true), Message.AsSpan(0, length)));
    }

    [Fact]
    public void Instructions_and_library_agree_on_every_length()
    {
        if (!AesCmac.IsHardwareSupported) return;
        Random random = new(20251122);
        byte[] message = new byte[400];
        byte[] key = new byte[AesCmac.KeyLength];
        for (int length = 0; length <= message.Length; length++)
        {
            random.NextBytes(key);
            random.NextBytes(message);
            Assert.Equal(
                Mac(new AesCmac(key, hardware: false), message.AsSpan(0, length)),
                Mac(new AesCmac(key, hardware: true), message.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Verify_refuses_every_flipped_bit_of_the_mac()
    {
        AesCmac cmac = new(Key);
        byte[] mac = Convert.FromHexString(Mac(cmac, Message));
        Assert.True(cmac.Verify(Message, mac));
        for (int bit = 0; bit < mac.Length * 8; bit++)
        {
            mac[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(cmac.Verify(Message, mac));
            mac[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_mac_of_another_length_is_refused() => Assert.False(new AesCmac(Key).Verify(Message, new byte[8]));

    [Fact]
    public void A_key_of_another_length_is_a_bug_of_the_caller() => Assert.Throws<ArgumentException>(() => new AesCmac(new byte[32]));

    private static string Mac(AesCmac cmac, ReadOnlySpan<byte> message)
    {
        byte[] mac = new byte[AesCmac.MacLength];
        cmac.Compute(message, mac);
        return Convert.ToHexStringLower(mac);
    }
}
