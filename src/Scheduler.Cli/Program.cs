using Scheduler.Cli;

return await SchedulerCommand.RunAsync(args, CliHost.OfThisProcess());
