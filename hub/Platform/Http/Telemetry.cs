using CineGit.Hub.Platform.Host;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CineGit.Hub.Platform.Http;

/// <summary>
/// Sends what ASP.NET Core and Npgsql trace and measure to a collector, by OTLP over HTTP. What it does not say is set by the
/// usual OTEL_ variables.
/// </summary>
public sealed class Telemetry : IHostedService, IDisposable
{
    static readonly string[] Sources = ["Microsoft.AspNetCore", "Npgsql"];
    static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime", HubMeter.Name];

    readonly TracerProvider? _traces;
    readonly MeterProvider? _metrics;

    /// <param name="options">Nothing is sent, and nothing slows down, without <see cref="HubOptions.Telemetry"/>.</param>
    public Telemetry(HubOptions options)
    {
        if (options.Telemetry is not { } address) return;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var collector))
        {
            throw new HubStartException($"Hub:Telemetry '{address}' is no address; give that of a collector, as http://127.0.0.1:4318.");
        }

        var resource = ResourceBuilder.CreateDefault().AddService("cinegit-hub");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
            .AddOtlpExporter(exporter => To(exporter, new Uri(collector, "v1/traces"))).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
            .AddOtlpExporter(exporter => To(exporter, new Uri(collector, "v1/metrics"))).Build();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was not sent yet goes out.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    static void To(OtlpExporterOptions exporter, Uri address)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = address;
    }
}
