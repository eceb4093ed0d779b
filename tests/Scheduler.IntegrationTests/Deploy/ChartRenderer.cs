namespace Scheduler.IntegrationTests.Deploy;

/// <summary>Renders a chart: by helm, or by a program of the same templates that takes a chart and files of values.</summary>
internal static class ChartRenderer
{
    /// <summary>Names the program where helm is not there.</summary>
    public const string Variable = "SCHEDULER_CHART_RENDERER";

    private static readonly string? Named = Environment.GetEnvironmentVariable(Variable) is { } path && File.Exists(path) ? path : null;
    private static readonly string? Helm = Tool.OnPath("helm");

    /// <summary>True when there is one.</summary>
    public static bool IsThere => Named is not null || Helm is not null;

    /// <summary>Renders the chart with the values of an example.</summary>
    public static async Task<IReadOnlyList<Manifest>> ExampleAsync(string name)
    {
        (int code, string output, string errors) = await RenderAsync(Checkout.Chart, Checkout.Example(name));
        Assert.True(code == 0, $"{name}: {errors}");
        return Manifest.ReadAll(output);
    }

    /// <summary>Renders a chart.</summary>
    /// <param name="chart">Its folder.</param>
    /// <param name="values">Files of values; later ones win.</param>
    public static Task<(int Code, string Output, string Errors)> RenderAsync(string chart, params string[] values) =>
        Named is not null
            ? Tool.RunAsync(Named, [chart, .. values])
            : Tool.RunAsync(Helm!, ["template", "rel", chart, "--namespace", "default", .. values.SelectMany(file => (string[])["--values", file])]);
}
