using System.Globalization;

namespace CineGit.Timeline.Diagnostics;

/// <summary>
/// Losses of one kind that may befall every clip of a film: one line for all of them, with the names of the first few and how
/// many there are.
/// </summary>
public sealed class CommonLosses(DiagnosticBag diagnostics)
{
    const int MostNamed = 5;

    readonly Dictionary<string, Loss> _losses = new(StringComparer.Ordinal);

    /// <param name="code">The diagnostic's code.</param>
    /// <param name="place">Where the first of them is.</param>
    /// <param name="message">What befell them: a sentence in the plural, which also tells the kind apart.</param>
    /// <param name="name">Whom it befell this time.</param>
    public void Add(string code, string place, string message, string name)
    {
        if (!_losses.TryGetValue(message, out var loss)) _losses[message] = loss = new(code, place);
        loss.Count++;
        if (name.Length > 0 && loss.Names.Count < MostNamed && !loss.Names.Contains(name)) loss.Names.Add(name);
    }

    /// <summary>Tells what was added since the last time, as warnings.</summary>
    public void Tell()
    {
        foreach (var (message, loss) in _losses) diagnostics.Warn(loss.Code, loss.Place, $"{message.TrimEnd('.')}{loss.Named()}.");
        _losses.Clear();
    }

    sealed class Loss(string code, string place)
    {
        public string Code => code;

        public string Place => place;

        public List<string> Names { get; } = [];

        public int Count { get; set; }

        public string Named()
        {
            var names = string.Join(", ", Names.Select(n => $"\"{n}\""));
            var count = Count == Math.Max(1, Names.Count) ? "" : string.Create(CultureInfo.InvariantCulture, $"{Count} in all");
            var words = string.Join("; ", new[] { names, count }.Where(w => w.Length > 0));
            return words.Length == 0 ? "" : $" ({words})";
        }
    }
}
