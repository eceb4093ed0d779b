using Scheduler.Server.Hosting;

// A switch without a value: the readers of settings would take the next argument for its value.
const string Demo = "--demo";
string[] settings = [.. args.Where(argument => argument != Demo)];
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(settings);
builder.Configuration.Sources.Insert(0, DefaultConfiguration.Source);
builder.Configuration.AddCommandLine(settings, new Dictionary<string, string> { ["--url"] = "Scheduler:Http:Url", ["--store"] = "Scheduler:Store", ["--sample"] = "Scheduler:Telemetry:DecisionLog:Sample" });
if (args.Contains(Demo)) builder.Configuration["Scheduler:Demo"] = "true";
try
{
    await using WebApplication app = await SchedulerApplication.BuildAsync(builder);
    await app.RunAsync();
    return 0;
}
catch (StartupException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
catch (IOException fault) when (fault.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{fault.Message} Stop what listens there, or choose another with --url http://localhost:PORT.");
    return 1;
}
