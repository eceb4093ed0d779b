using Scheduler.Server.Hosting;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Configuration.Sources.Insert(0, DefaultConfiguration.Source);
builder.Configuration.AddCommandLine(args, new Dictionary<string, string> { ["--url"] = "Scheduler:Http:Url", ["--store"] = "Scheduler:Store" });
if (args.Contains("--demo")) builder.Configuration["Scheduler:Demo"] = "true";
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
