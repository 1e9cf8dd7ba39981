using System.Globalization;
using System.Text.Json;

namespace CineGit.Benchmarks;

/// <summary>One measured figure, and the same work done by what a user would pick instead, in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">MB/s of CPU time (more is better) or ms of CPU time (less is better).</param>
/// <param name="Target">What it has to reach; null while no target is set.</param>
/// <param name="Baseline">The other program's figure in the same unit; null when there is none.</param>
/// <param name="BaselineName">Which program.</param>
public sealed record Figure(string Name, double Value, string Unit, double? Target, double? Baseline, string BaselineName)
{
    bool MoreIsBetter => Unit.EndsWith("/s", StringComparison.Ordinal);

    /// <summary>How many times better than the baseline; below 1 is worse.</summary>
    public double? Ratio => Baseline is not { } other ? null : MoreIsBetter ? Value / other : other / Value;

    public bool Holds => Target is not { } target || (MoreIsBetter ? Value >= target : Value <= target);

    public string ToJson() => JsonSerializer.Serialize(new
    {
        name = Name,
        value = Math.Round(Value, 2),
        unit = Unit,
        target = Target,
        baseline = Round(Baseline),
        ratio = Round(Ratio),
        holds = Holds,
    });

    public override string ToString()
    {
        var against = Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio,8:F2} x  {BaselineName} ({Baseline:F1})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Name,-44} {Value,10:F1} {Unit,-5} {against}");
    }

    static double? Round(double? value) => value is { } known ? Math.Round(known, 2) : null;
}
