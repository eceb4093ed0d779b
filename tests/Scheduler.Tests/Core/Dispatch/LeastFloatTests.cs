using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class LeastFloatTests
{
    [Fact]
    public void Values_are_given_out_in_order_each_once() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(f => (float)Math.Abs(f.Get)).ArrayOf().Where(a => a.Length <= LeastFloat.MostPlaces).ToArbitrary(),
        values =>
        {
            float[] placed = Placed(values);
            var places = new List<int>();
            for (int bits = LeastFloat.LeastAbove(placed, -1); bits < BitConverter.SingleToInt32Bits(LeastFloat.Filler); bits = LeastFloat.LeastAbove(placed, bits))
                places.Add(LeastFloat.PlaceOf(bits));
            int[] expected = [.. Enumerable.Range(0, values.Length).OrderBy(i => placed[i])];
            return places.SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_values_there_is_no_least() => Assert.Equal(LeastFloat.None, LeastFloat.LeastAbove([], -1));

    [Fact]
    public void A_value_keeps_its_worth_but_for_a_65_000th()
    {
        float placed = BitConverter.Int32BitsToSingle(LeastFloat.BitsAt(30, 127));
        Assert.InRange(placed, 30 - (30 / 65_000f), 30 + (30 / 65_000f));
    }

    [Fact]
    public void Keys_of_many_nodes_are_those_of_each() => Prop.ForAll(
        Gen.Choose(1, LeastFloat.MostPlaces).Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(),
        of =>
        {
            (int count, int seed) = of;
            var random = new Random(seed);
            int padded = LeastFloat.Padded(count);
            uint[] seeds = [.. Enumerable.Range(0, padded).Select(_ => (uint)random.NextInt64())];
            float[] weights = [.. Enumerable.Range(0, padded).Select(_ => 0.001f + random.NextSingle())];
            var keys = new float[LeastFloat.MostPlaces];
            int least = RendezvousHash.Keys(7, seeds, weights, count, keys);
            for (int i = 0; i < padded; i++)
            {
                int expected = i < count
                    ? LeastFloat.BitsAt(RendezvousHash.Key(7, seeds[i], weights[i]), i)
                    : BitConverter.SingleToInt32Bits(LeastFloat.Filler);
                if (BitConverter.SingleToInt32Bits(keys[i]) != expected) return false;
            }
            return least == LeastFloat.LeastAbove(keys.AsSpan(0, padded), -1);
        }).QuickCheckThrowOnFailure();

    private static float[] Placed(float[] values)
    {
        var placed = new float[LeastFloat.Padded(values.Length)];
        Array.Fill(placed, LeastFloat.Filler);
        for (int i = 0; i < values.Length; i++) placed[i] = BitConverter.Int32BitsToSingle(LeastFloat.BitsAt(values[i], i));
        return placed;
    }
}
