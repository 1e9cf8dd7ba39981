using System.Globalization;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>The numbers of colour decisions, equal ones as one object: most of a grade is zeros and ones.</summary>
internal sealed class EdlNumbers
{
    const int MostShared = 4096;

    readonly OtioNumber[] _room = new OtioNumber[9];
    readonly Dictionary<string, OtioNumber>.AlternateLookup<ReadOnlySpan<char>> _known =
        new Dictionary<string, OtioNumber>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <returns>In the order of the list, until the next call.</returns>
    public OtioNumber[] Of(EdlNote.ColorDecision color)
    {
        Span<Range> places = stackalloc Range[color.Numbers + 1];
        var count = color.Split(places);
        for (var i = 0; i < count; i++) _room[i] = Of(color.Said.Span[places[i]]);
        return _room;
    }

    OtioNumber Of(ReadOnlySpan<char> digits)
    {
        if (_known.TryGetValue(digits, out var known)) return known;
        var number = Number(digits.ToString());
        if (_known.Dictionary.Count < MostShared) _known[digits] = number;
        return number;
    }

    /// <summary>With the list's own digits where JSON can say them: -0.0500 stays -0.0500.</summary>
    static OtioNumber Number(string text)
    {
        var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        var isJson = point > 0 && point < digits.Length - 1
            && !digits[..point].ContainsAnyExceptInRange('0', '9') && !digits[(point + 1)..].ContainsAnyExceptInRange('0', '9')
            && (digits[0] != '0' || point == 1);
        return isJson ? OtioNumber.FromLexeme(text) : OtioNumber.FromDouble(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
