using System.Globalization;
using CineGit.Hub.Platform.Auth;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace CineGit.Hub.Platform.Host;

public static class HubLogging
{
    const int DaysKept = 14;

    /// <summary>One line per event for people on standard error (standard output carries the ready line only), JSON per day in the data folder.</summary>
    public static ILoggingBuilder AddHubLogging(this ILoggingBuilder logging, HubFolder folder)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // It reports a start-up failure that Program tells in one sentence, and every problem that was answered.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            // It has a line for every request that is not signed in.
            .MinimumLevel.Override(typeof(TokenAuthentication).FullName ?? "", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Console(
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose)
            .WriteTo.File(
                new JsonFormatter(renderMessage: true),
                Path.Combine(folder.Logs, "hub-.json"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: DaysKept)
            .CreateLogger();
        return logging.ClearProviders().AddSerilog(logger, dispose: true);
    }
}
