using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Policies;

namespace Scheduler.Tests.Core.Policies;

public sealed class StreamClassifierTests
{
    [Fact]
    public void The_longest_pattern_holds_whatever_the_order_of_the_classes()
    {
        StreamClass wide = Class("wide", ["live-*"]), narrow = Class("narrow", ["live-cup-*"]), one = Class("one", ["live-cup-final"]);
        foreach (ImmutableArray<StreamClass> order in (ImmutableArray<StreamClass>[])[[wide, narrow, one], [one, narrow, wide], [narrow, one, wide]])
        {
            Assert.Equal("wide", ClassOf(order, "live-42"));
            Assert.Equal("narrow", ClassOf(order, "live-cup-2"));
            Assert.Equal("one", ClassOf(order, "live-cup-final"));
            Assert.Equal("default", ClassOf(order, "radio"));
        }
    }

    [Fact]
    public void A_name_goes_before_a_pattern_of_as_many_characters() =>
        Assert.Equal("name", ClassOf([Class("stars", ["cup*final"]), Class("name", ["cupfinal"])], "cupfinal"));

    [Fact]
    public void A_class_of_tenants_takes_all_their_streams_that_no_pattern_claims()
    {
        ImmutableArray<StreamClass> classes = [Class("acme", [], ["acme"]), Class("cup", ["cup-*"])];
        Assert.Equal("acme", ClassOf(classes, "radio", "acme"));
        Assert.Equal("cup", ClassOf(classes, "cup-1", "acme"));
        Assert.Equal("default", ClassOf(classes, "radio", "other"));
        Assert.Equal("default", ClassOf(classes, "radio"));
    }

    [Fact]
    public void Where_patterns_and_tenants_are_given_both_must_fit()
    {
        ImmutableArray<StreamClass> classes = [Class("vip", ["cup-*"], ["acme"]), Class("cup", ["cup-*"])];
        Assert.Equal("vip", ClassOf(classes, "cup-1", "acme"));
        Assert.Equal("cup", ClassOf(classes, "cup-1", "other"));
        Assert.Equal("default", ClassOf(classes, "radio", "acme"));
    }

    [Fact]
    public void To_ask_allocates_nothing()
    {
        var classifier = new StreamClassifier([Class("vip", ["cup-*", "*-hd"], ["acme"]), Class("cup", ["cup-*"])]);
        byte[] name = "cup-final-hd"u8.ToArray();
        Assert.Equal(0, Allocated.Bytes(() => classifier.Of(name, "other")));
    }

    private static StreamClass Class(string id, ImmutableArray<string> streams, ImmutableArray<string>? tenants = null) =>
        new(id, streams, tenants ?? [], PolicyWeights.None, null);

    private static string ClassOf(ImmutableArray<StreamClass> classes, string stream, string? tenant = null)
    {
        var classifier = new StreamClassifier(classes);
        return classifier.Names[classifier.Of(Encoding.ASCII.GetBytes(stream), tenant)];
    }
}
