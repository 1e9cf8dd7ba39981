using System.Text;

namespace CineGit.Fuzz;

/// <summary>Ways to damage a file. The random numbers decide everything, so a case can be made again.</summary>
public sealed class Mutation(Random random, IReadOnlyList<FuzzSeed> seeds)
{
    const int MostDamages = 5;

    /// <summary>No damage makes a file larger than this.</summary>
    const int LargestResult = 1 << 20;

    static readonly string[] HostileNumbers =
    [
        "0", "-0", "0.0", "-1", "1", "-0.5", "1e308", "-1e308", "1e309", "5e-324", "1e-400", "NaN", "Infinity", "-Infinity", "00", "01", "1.", "-",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "2147483647", "2147483648", "4294967296", "1e18", "1627260000000",
        "0.1", "23.976", "23.98", "29.97", "12.5", "10000000", "48000", "0.5", "1001", "99", "60", "25", "999999999", new('9', 400), "0." + new string('3', 400),
    ];

    static readonly byte[][] Noise =
    [
        [0xEF, 0xBB, 0xBF], [0], [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x80], [0xE2, 0x80, 0xAE],
        [0xE2, 0x80, 0xA8], "\u0301\u0301\u0301"u8.ToArray(), "\U0001F3AC"u8.ToArray(), "\uFFFF"u8.ToArray(), "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(),
        "\\"u8.ToArray(), "\""u8.ToArray(), "\r"u8.ToArray(), "\v\f\u0085"u8.ToArray(), [0xA0], [0x1A], "\u0130\u0131\u00DF"u8.ToArray(),
    ];

    static readonly string[] Schemas =
    [
        "Timeline.1", "Stack.1", "Track.1", "Sequence.1", "Clip.1", "Clip.2", "Clip.99", "Gap.1", "Filler.1", "Transition.1", "Effect.1", "LinearTimeWarp.1",
        "FreezeFrame.1", "TimeEffect.1", "Marker.1", "Marker.2", "Marker.3", "ExternalReference.1", "MissingReference.1", "GeneratorReference.1",
        "ImageSequenceReference.1", "SerializableCollection.1", "RationalTime.1", "TimeRange.1", "Color.1", "Unknown.1", "", ".", "Clip", "Clip.x",
    ];

    public byte[] Of(FuzzSeed seed)
    {
        var bytes = seed.Bytes;
        for (var damages = random.Next(1, MostDamages + 1); damages > 0; damages--)
        {
            var damaged = Damage(bytes, seed.Format == "otio");
            if (damaged.Length is > 0 and <= LargestResult) bytes = damaged;
        }

        return bytes;
    }

    /// <summary>Half of the damage to JSON keeps it JSON, so that what comes after the reader is tried too.</summary>
    byte[] Damage(byte[] bytes, bool isJson) => random.Next(isJson ? 22 : 12) switch
    {
        0 => Flipped(bytes),
        1 => bytes[..random.Next(bytes.Length)],
        2 => [.. bytes[..random.Next(bytes.Length)], .. TailOf(seeds[random.Next(seeds.Count)].Bytes)],
        3 => WithLines(bytes, (lines, at) => lines.Insert(random.Next(lines.Count + 1), lines[at])),
        4 => WithLines(bytes, (lines, at) => lines.RemoveRange(at, Math.Min(random.Next(1, 4), lines.Count - at))),
        5 => WithLines(bytes, (lines, at) => (lines[at], lines[^1]) = (lines[^1], lines[at])),
        6 => Inserted(bytes, Noise[random.Next(Noise.Length)]),
        7 => [.. bytes[..random.Next(bytes.Length)], .. TailOf(bytes)],
        8 or 9 or 10 => WithNumber(bytes),
        11 => Inserted(bytes, "0123456789:;*ABDKMVW-.eE{}[],\"\\ \n\r"u8.Slice(random.Next(30), 1).ToArray()),
        12 => WithDepth(bytes),
        13 => WithSchema(bytes),
        14 or 15 => WithObject(bytes, (text, start, end) => [.. text[..end], (byte)',', .. text[start..end], .. text[end..]]),
        16 => WithObject(bytes, (text, start, end) => [.. text[..start], .. "null"u8, .. text[end..]]),
        17 => WithObject(bytes, (text, start, end) => WithObject(text, (other, from, to) => [.. other[..from], .. text[start..end], .. other[to..]])),
        18 => WithKey(bytes),
        19 => Replaced(bytes, "\"value\""u8, "\"rate\""u8),
        20 => WithNestedStacks(bytes),
        _ => WithNumber(WithNumber(bytes)),
    };

    byte[] Flipped(byte[] bytes)
    {
        var flipped = bytes.ToArray();
        for (var i = random.Next(1, 8); i > 0; i--) flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    byte[] Inserted(byte[] bytes, byte[] what)
    {
        var at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], .. what, .. bytes[at..]];
    }

    byte[] TailOf(byte[] bytes) => bytes[random.Next(bytes.Length)..];

    byte[] WithLines(byte[] bytes, Action<List<byte[]>, int> change)
    {
        var lines = new List<byte[]>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            end = end < 0 ? bytes.Length : end + 1;
            lines.Add(bytes[start..end]);
            start = end;
        }

        change(lines, random.Next(lines.Count));
        return [.. lines.SelectMany(l => l)];
    }

    byte[] WithNumber(byte[] bytes)
    {
        var start = bytes.AsSpan(random.Next(bytes.Length)) is var tail && tail.IndexOfAnyInRange((byte)'0', (byte)'9') is >= 0 and var digit
            ? bytes.Length - tail.Length + digit
            : -1;
        if (start < 0) return bytes;
        var end = start;
        while (end < bytes.Length && "0123456789.eE+-"u8.Contains(bytes[end])) end++;
        return [.. bytes[..start], .. Encoding.ASCII.GetBytes(HostileNumbers[random.Next(HostileNumbers.Length)]), .. bytes[end..]];
    }

    byte[] WithDepth(byte[] bytes)
    {
        var depth = random.Next(2) == 0 ? random.Next(1, 60) : random.Next(400, 20_000);
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        return AfterRandom(bytes, ": "u8, Encoding.ASCII.GetBytes(deep + ", \"b\": "));
    }

    /// <summary>Stacks and tracks in each other, as deep as the reader allows and somewhat deeper.</summary>
    byte[] WithNestedStacks(byte[] bytes)
    {
        var depth = random.Next(1, 300);
        var schema = random.Next(2) == 0 ? "Stack.1" : "Track.1";
        var open = $$"""{"OTIO_SCHEMA":"{{schema}}","children":[""";
        var nested = string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat("]}", depth));
        return AfterRandom(bytes, "\"children\": ["u8, Encoding.ASCII.GetBytes(nested + ","));
    }

    byte[] WithSchema(byte[] bytes)
    {
        ReadOnlySpan<byte> key = "\"OTIO_SCHEMA\": \""u8;
        var at = RandomIndexOf(bytes, key);
        if (at < 0) return bytes;
        var start = at + key.Length;
        var length = bytes.AsSpan(start).IndexOf((byte)'"');
        return length < 0 ? bytes : [.. bytes[..start], .. Encoding.ASCII.GetBytes(Schemas[random.Next(Schemas.Length)]), .. bytes[(start + length)..]];
    }

    /// <summary>One field takes the name of another, so that one is there twice and one is missing.</summary>
    byte[] WithKey(byte[] bytes)
    {
        var (first, second) = (KeyAt(bytes), KeyAt(bytes));
        if (first is not var (start, end) || second is not var (from, to)) return bytes;
        return [.. bytes[..start], .. bytes[from..to], .. bytes[end..]];
    }

    (int Start, int End)? KeyAt(byte[] bytes)
    {
        var end = RandomIndexOf(bytes, "\":"u8);
        if (end < 1) return null;
        var start = bytes.AsSpan(0, end).LastIndexOf((byte)'"');
        return start < 0 ? null : (start + 1, end);
    }

    byte[] WithObject(byte[] bytes, Func<byte[], int, int, byte[]> change)
    {
        var start = RandomIndexOf(bytes, "{"u8);
        if (start < 0) return bytes;
        var end = EndOfObject(bytes, start);
        return end < 0 ? bytes : change(bytes, start, end);
    }

    static int EndOfObject(byte[] bytes, int start)
    {
        var depth = 0;
        var isText = false;
        for (var i = start; i < bytes.Length; i++)
        {
            if (isText && bytes[i] == '\\') i++;
            else if (bytes[i] == '"') isText = !isText;
            else if (!isText && bytes[i] == '{') depth++;
            else if (!isText && bytes[i] == '}' && --depth == 0) return i + 1;
        }

        return -1;
    }

    byte[] AfterRandom(byte[] bytes, ReadOnlySpan<byte> mark, byte[] what)
    {
        var at = RandomIndexOf(bytes, mark);
        return at < 0 ? bytes : [.. bytes[..(at + mark.Length)], .. what, .. bytes[(at + mark.Length)..]];
    }

    byte[] Replaced(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> replacement)
    {
        var at = RandomIndexOf(bytes, old);
        return at < 0 ? bytes : [.. bytes[..at], .. replacement, .. bytes[(at + old.Length)..]];
    }

    /// <summary>The first occurrence after a random place, else the first of all.</summary>
    int RandomIndexOf(byte[] bytes, ReadOnlySpan<byte> wanted)
    {
        var from = random.Next(bytes.Length);
        var found = bytes.AsSpan(from).IndexOf(wanted);
        return found >= 0 ? from + found : bytes.AsSpan().IndexOf(wanted);
    }
}
