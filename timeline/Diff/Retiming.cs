using System.Globalization;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

/// <summary>How fast an element plays, as editors say it: in percent, backwards with a minus.</summary>
static class Retiming
{
    public static string Of(Element element) => Factor(element) is { } factor
        ? factor == 0 ? "freeze" : Percent(factor)
        : string.Join(" × ", Scalars(element));

    public static string Phrase(Element before, Element after)
    {
        const string subject = Draft.SubjectMark;
        var (from, to) = (Factor(before), Factor(after));
        return (from, to) switch
        {
            (not 0, 0) => $"Froze {subject}",
            (0, not null) => $"Changed {subject} from a freeze frame to {Of(after)}",
            _ when from is { } a and not 0 && a == -to => (a > 0 ? "Reversed " : "Turned forward ") + subject + (a is 1 or -1 ? "" : $" at {Of(after)}"),
            _ => $"Changed the speed of {subject} from {Of(before)} to {Of(after)}",
        };
    }

    /// <summary>Played the other way, or standing still, an element begins at other source time by itself.</summary>
    public static bool TurnsRound(Element before, Element after) =>
        (Factor(before), Factor(after)) is ({ } from, { } to) && Math.Sign(from) != Math.Sign(to);

    static string Percent(decimal factor) => (factor * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>Null when it cannot be told, 1 for what has no speed of its own.</summary>
    public static decimal? Factor(Element element)
    {
        var factor = 1m;
        foreach (var lexeme in Scalars(element))
        {
            if (!decimal.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var scalar) || Math.Abs(scalar) > 1_000_000) return null;
            factor *= scalar;
        }

        return factor;
    }

    static IEnumerable<string> Scalars(Element element) =>
        element.Effects.Where(e => e.Enabled).Select(e => e.TimeScalar?.Lexeme).OfType<string>();
}
