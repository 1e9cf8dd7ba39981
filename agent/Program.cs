using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Terminal;

return await CommandLine.RunAsync(
    args, new(Output.ForConsole(), CineGitHome.FromEnvironment(), TimeProvider.System, Environment.CurrentDirectory));
