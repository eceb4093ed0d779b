using System.Globalization;
using System.Text.RegularExpressions;

namespace Scheduler.Tests.Server.Live;

/// <summary>Reads the Prometheus text format 0.0.4 as strictly as its description allows, and fails on what is not it.</summary>
internal sealed partial class PrometheusText
{
    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, double> _samples = [];

    public PrometheusText(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string family = "";
        var closed = new HashSet<string>();
        foreach (string line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                Assert.True(closed.Add(family = help.Groups["name"].Value), $"{family} is described twice");
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                Assert.Equal(family, type.Groups["name"].Value);
                _types.Add(family, type.Groups["type"].Value);
            }
            else
            {
                Match sample = Sample().Match(line);
                Assert.True(sample.Success, $"no sample: {line}");
                Assert.True(_types.TryGetValue(family, out string? kind), $"{family} has no type");
                string[] names = kind == "histogram" ? [family + "_bucket", family + "_sum", family + "_count"] : [family];
                Assert.Contains(sample.Groups["name"].Value, names);
                _samples.Add(sample.Groups["key"].Value, double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture)); // one value a series
            }
        }
        foreach ((string name, string type) in _types) Assert.True(type != "counter" || !name.EndsWith("_bps", StringComparison.Ordinal), $"{name} is no counter");
    }

    public IReadOnlyCollection<string> Families => _types.Keys;

    public double this[string series] => _samples[series];

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) \S.*$")]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary|untyped)$")]
    private static partial Regex Type();

    [GeneratedRegex(@"^(?<key>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\\n]|\\[\\n""])*""(,[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\\n]|\\[\\n""])*"")*\})?) (?<value>-?[0-9]+(\.[0-9]+)?|NaN|[+-]Inf)$")]
    private static partial Regex Sample();
}
