using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CineGit.Hub.Platform.Http;

/// <summary>
/// The process's own counters in the Prometheus text format (version 0.0.4): what ASP.NET Core, Kestrel, Npgsql and the runtime
/// measure of themselves.
/// </summary>
public sealed class MetricsText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    static readonly ImmutableArray<string> Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Npgsql", "System.Runtime",
        HubMeter.Name,
    ];

    /// <summary>Upper bounds in seconds, as the HTTP conventions of OpenTelemetry have them.</summary>
    static readonly ImmutableArray<double> Bounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    readonly ConcurrentDictionary<(string Name, string Labels), Series> _series = new();
    readonly MeterListener _listener = new();

    public MetricsText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var metric in _series.GroupBy(each => each.Key.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("# TYPE ").Append(metric.Key).Append(' ').Append(metric.First().Value.Kind).Append('\n');
            foreach (var (key, series) in metric.OrderBy(each => each.Key.Labels, StringComparer.Ordinal)) series.Write(text, key.Name, key.Labels);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kind = KindOf(instrument);
        var name = Safe(instrument.Name) + (kind == Counter && !instrument.Name.EndsWith("total", StringComparison.Ordinal) ? "_total" : "");
        var series = _series.GetOrAdd((name, Labels(tags)), _ => new Series(kind));
        series.Record(value, isSum: instrument is Counter<long> or Counter<int> or Counter<double> or UpDownCounter<long> or UpDownCounter<int> or UpDownCounter<double>);
    }

    const string Counter = "counter";
    const string Gauge = "gauge";
    const string Histogram = "histogram";

    static string KindOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        if (type.StartsWith("Histogram", StringComparison.Ordinal)) return Histogram;
        return type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? Counter : Gauge;
    }

    static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (labels.Length > 0) labels.Append(',');
            labels.Append(Safe(name)).Append("=\"").Append(Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        return labels.ToString();
    }

    static string Safe(string name) => string.Create(name.Length, name, static (safe, name) =>
    {
        for (var i = 0; i < safe.Length; i++) safe[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
    });

    static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    sealed class Series(string kind)
    {
        readonly Lock _lock = new();
        readonly long[] _buckets = new long[Bounds.Length + 1];
        double _sum;
        long _count;

        public string Kind => kind;

        public void Record(double value, bool isSum)
        {
            lock (_lock)
            {
                _sum = isSum || kind == Histogram ? _sum + value : value;
                _count++;
                if (kind != Histogram) return;
                var bucket = Bounds.BinarySearch(value);
                _buckets[bucket < 0 ? ~bucket : bucket]++;
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_lock)
            {
                if (kind != Histogram)
                {
                    Line(text, name, labels, _sum);
                    return;
                }

                var below = 0L;
                for (var i = 0; i <= Bounds.Length; i++)
                {
                    below += _buckets[i];
                    var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, name + "_bucket", labels + (labels.Length > 0 ? "," : "") + $"le=\"{bound}\"", below);
                }

                Line(text, name + "_sum", labels, _sum);
                Line(text, name + "_count", labels, _count);
            }
        }

        static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
    }
}
