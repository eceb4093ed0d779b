using System.Text;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class OverrideTests
{
    private static readonly HashSet<string> Sites = new(StringComparer.Ordinal) { "lon1", "ams", "tyo1" };

    [Fact]
    public void Csv_names_cells_and_ordered_sites()
    {
        OverrideFile file = Csv("# ours\n10.0.0.0/8,GB-51n-000e-0001 # office\r\n\n 2001:db8::/32 , lon1;ams\n192.0.2.1,tyo1");
        Assert.Empty(file.Problems);
        Assert.Equal(["10.0.0.0/8", "2001:db8::/32", "192.0.2.1/32"], file.Overrides.Select(o => o.Prefix.ToString()));
        Assert.Equal(new OverrideTarget.ToCell("GB-51n-000e-0001"), file.Overrides[0].Target);
        Assert.Equal(new OverrideTarget.ToSites(["lon1", "ams"]), file.Overrides[1].Target);
    }

    [Fact]
    public void Csv_tells_every_problem_with_its_line()
    {
        OverrideFile file = Csv("10.0.0.0/33,lon1\nnonsense\n10.0.0.0/8,lon1;nope\n10.0.0.0/8,lon1\n10.0.0.0/8,ams\n10.0.0.0/9,lon1;lon1\n10.0.0.0/10,");
        Assert.Equal([1, 2, 3, 5, 6, 7], file.Problems.Select(p => p.Line));
        Assert.Contains("nope", file.Problems[2].Reason, StringComparison.Ordinal);
        Assert.Contains("line 4", file.Problems[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_zones_name_sites_or_lie_near_a_cell()
    {
        OverrideFile file = Json("""
            {
              "revision": 5, "customerName": "x",
              "coverageZones": {
                "lon1": { "network": ["10.0.0.0/8"], "network6": ["2001:db8::/32"], "coordinates": { "latitude": 1, "longitude": 2 } },
                "kanto": { "network": ["192.0.2.0/24"], "coordinates": { "latitude": 35.0, "longitude": 139.0 } }
              }
            }
            """);
        Assert.Empty(file.Problems);
        Assert.Equal(["10.0.0.0/8", "2001:db8::/32", "192.0.2.0/24"], file.Overrides.Select(o => o.Prefix.ToString()));
        Assert.Equal(new OverrideTarget.ToSites(["lon1"]), file.Overrides[1].Target);
        Assert.Equal(new OverrideTarget.ToCell("JP-35n-139e-0003"), file.Overrides[2].Target);
    }

    [Fact]
    public void Coverage_zones_tell_every_problem_with_its_line()
    {
        OverrideFile file = Json("""
            {
              "coverageZones": {
                "nowhere": { "network": ["10.0.0.0/8"] },
                "ams": { "network": ["10.0.0.0/8",
                    "10.0.0/8", 7], "network6": "2001:db8::/32" },
                "bad": { "coordinates": { "latitude": 91, "longitude": "x" } },
                "worse": 3
              }
            }
            """);
        Assert.Equal([3, 5, 5, 5, 6, 6, 7], file.Problems.Select(p => p.Line));
        Assert.Single(file.Overrides);
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("{}", 1)]
    [InlineData("{\"coverageZones\": 3}", 1)]
    [InlineData("{\n\"coverageZones\": {\n\"lon1\": {\"network\": [\n\"10.0.0.0/8\",, ]}}}", 4)]
    [InlineData("{\"coverageZones\": {}} x", 1)]
    public void Coverage_zones_that_are_not_their_form_are_told(string json, int line)
    {
        OverrideFile file = Json(json);
        Assert.Equal(line, Assert.Single(file.Problems).Line);
    }

    [Fact]
    public void No_cut_or_altered_byte_makes_a_parser_throw()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"coverageZones": {"kanto": {"network": ["192.0.2.0/24"], "coordinates": {"latitude": 35.0, "longitude": 139.0}}}}""");
        for (int at = 0; at < json.Length; at++)
        {
            OverrideFile.Parse(json.AsSpan(0, at), TestMaps.Small, Sites);
            foreach (byte value in (byte[])[0, (byte)'"', (byte)'{', (byte)']', (byte)'\\', 0x80, 0xFF])
            {
                byte[] altered = [.. json];
                altered[at] = value;
                OverrideFile.Parse(altered, TestMaps.Small, Sites);
                CsvOverrides.Parse(altered, TestMaps.Small, Sites);
            }
        }
    }

    [Fact]
    public void Either_form_is_told_by_its_first_character()
    {
        Assert.Single(OverrideFile.Parse("10.0.0.0/8,lon1"u8, TestMaps.Small, Sites).Overrides);
        byte[] bom = [0xEF, 0xBB, 0xBF, .. "\n{\"coverageZones\":{\"ams\":{\"network\":[\"10.0.0.0/8\"]}}}"u8];
        Assert.Single(OverrideFile.Parse(bom, TestMaps.Small, Sites).Overrides);
    }

    private static OverrideFile Csv(string text) => CsvOverrides.Parse(Encoding.UTF8.GetBytes(text), TestMaps.Small, Sites);

    private static OverrideFile Json(string text) => CoverageZones.Parse(Encoding.UTF8.GetBytes(text), TestMaps.Small, Sites);
}
