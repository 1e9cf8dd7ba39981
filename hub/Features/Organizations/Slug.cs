using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CineGit.Hub.Features.Organizations;

/// <summary>The part of an address that a name becomes: lower-case letters, digits and single hyphens.</summary>
public static class Slug
{
    public const int Longest = 60;

    /// <summary>Unicode decomposition needs ICU, which the hub runs without; these are the letters of European names.</summary>
    static readonly FrozenDictionary<char, string> Latin = new (string Letters, string Plain)[]
    {
        ("àáâãäåāăą", "a"), ("æ", "ae"), ("çćčĉċ", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"),
        ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņňŋ", "n"), ("òóôõöøōŏő", "o"), ("œ", "oe"),
        ("ŕŗř", "r"), ("śŝşšș", "s"), ("ß", "ss"), ("ţťŧț", "t"), ("þ", "th"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"),
    }.SelectMany(row => row.Letters.Select(letter => KeyValuePair.Create(letter, row.Plain))).ToFrozenDictionary();

    /// <summary>"Büro für Schnitt &amp; Ton" → "buro-fur-schnitt-ton"; null when no letter or digit of the name can be kept.</summary>
    public static string? From(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character)) slug.Append(character);
            else if (Latin.TryGetValue(character, out var plain)) slug.Append(plain);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length >= Longest) break;
        }

        var trimmed = slug.ToString()[..Math.Min(slug.Length, Longest)].Trim('-');
        return trimmed.Length > 0 ? trimmed : null;
    }

    /// <summary>The slug itself, then with 2, 3, … behind it, each within the limit.</summary>
    public static IEnumerable<string> Candidates(string slug)
    {
        yield return slug;
        for (var number = 2; ; number++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            yield return slug[..Math.Min(slug.Length, Longest - ending.Length)].TrimEnd('-') + ending;
        }
    }
}
