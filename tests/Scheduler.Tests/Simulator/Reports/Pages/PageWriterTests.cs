using Scheduler.Simulator.Reports.Pages;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Tests.Simulator.Reports.Pages;

public sealed class PageWriterTests
{
    [Fact]
    public void Only_elements_without_content_have_no_end_tag() =>
        Assert.Equal("<!DOCTYPE html>\n<div><br/><span></span><input id=\"a\"/></div>\n",
            PageWriter.Write(Tag("div", Tag("br"), Tag("span"), Tag("input", With("id", "a")))));

    [Fact]
    public void Text_and_attributes_are_escaped_and_styles_are_not() =>
        Assert.Equal("<!DOCTYPE html>\n<a title=\"&quot;&#39;&amp;\">&lt;b&gt;<style>/*<![CDATA[*/\na > b { }\n/*]]>*/</style>\n</a>\n",
            PageWriter.Write(Tag("a", With("title", "\"'&"), "<b>", Tag("style", "a > b { }"))));
}
