using Scheduler.Core.Dispatch;
using Scheduler.Core.Policies;

namespace Scheduler.Tests.Core.Policies;

public sealed class PolicyWeightTests
{
    [Fact]
    public void Every_weight_sets_what_it_reads_and_nothing_else()
    {
        foreach (PolicyWeight weight in PolicyWeight.All)
        {
            double value = weight.Of(DispatchPolicy.Default) == weight.Most ? weight.Least : weight.Most;
            DispatchPolicy set = weight.With(DispatchPolicy.Default, value);
            Assert.Equal(value, weight.Of(set));
            Assert.All(PolicyWeight.All.Where(other => other != weight), other => Assert.Equal(other.Of(DispatchPolicy.Default), other.Of(set)));
        }
    }

    [Fact]
    public void Every_default_is_in_its_range() =>
        Assert.All(PolicyWeight.All, weight => Assert.InRange(weight.Of(DispatchPolicy.Default), weight.Least, weight.Most));

    [Fact]
    public void What_is_not_set_is_as_it_was_below()
    {
        DispatchPolicy below = DispatchPolicy.Default with { NearMs = 7, SpillRatio = 0.01 };
        PolicyWeights weights = PolicyWeights.None with { Values = PolicyWeights.None.Values.Add("near_ms", 3) };
        Assert.Equal(below with { NearMs = 3 }, weights.Over(below));
        Assert.Equal(below, PolicyWeights.None.Over(below));
    }
}
