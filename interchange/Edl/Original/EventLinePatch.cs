using System.Globalization;
using System.Text;

namespace CineGit.Interchange.Edl.Original;

/// <summary>What an event line says: its fields, its channel, and how its record times are printed.</summary>
internal readonly record struct EventLine(EdlOutLine.Event Event, string Channel, EdlSettings Settings)
{
    public string RecordIn => Settings.RecordTimecode(Event.RecordIn);

    public string RecordOut => Settings.RecordTimecode(Event.RecordOut);
}

/// <summary>Rewrites the fields of an event line that changed, in their columns.</summary>
internal static class EventLinePatch
{
    /// <param name="line">As it stands in the list.</param>
    /// <param name="before">What this writer would have written for it.</param>
    /// <param name="after">What it is to say.</param>
    /// <param name="numberShift">By how much its event number rises.</param>
    public static string Of(string line, EventLine before, EventLine after, long numberShift)
    {
        var lead = line.Length - line.AsSpan().TrimStart().Length;
        if (EdlEditParser.PlacesOf(line.AsSpan(lead)) is not { } places) return line;
        var own = line.AsSpan(lead);
        var (old, wanted) = (before.Event, after.Event);
        var patch = new Columns(own);
        if (numberShift != 0) patch.Set(places.Number, Shifted(own[places.Number], numberShift));
        if (old.Reel != wanted.Reel) patch.Set(places.Reel, places.Reel.Start.Equals(places.Reel.End) ? wanted.Reel + " " : wanted.Reel);
        if (before.Channel != after.Channel) patch.Set(places.Channel, after.Channel);
        if (old.Type != wanted.Type || old.Length != wanted.Length || old.Fades != wanted.Fades) patch.Set(places.Type, TypeField(own[places.Type], wanted));
        patch.SetTimecode(places.SourceIn, old.SourceIn, wanted.SourceIn);
        patch.SetTimecode(places.SourceOut, old.SourceOut, wanted.SourceOut);
        var recounted = !before.Settings.PrintsRecordTimesAs(after.Settings);
        if (recounted || old.RecordIn != wanted.RecordIn) patch.SetTimecode(places.RecordIn, before.RecordIn, after.RecordIn);
        if (recounted || old.RecordOut != wanted.RecordOut) patch.SetTimecode(places.RecordOut, before.RecordOut, after.RecordOut);
        return string.Concat(line.AsSpan(0, lead), patch.Finish());
    }

    /// <summary>The number of an event as a value; its letter, on systems that have one, does not count.</summary>
    public static long NumberOf(string number) =>
        long.TryParse(number.AsSpan().TrimEnd("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    public static string Shifted(ReadOnlySpan<char> number, long shift)
    {
        var digits = number.IndexOfAnyExceptInRange('0', '9') is >= 0 and var letter ? letter : number.Length;
        var value = Math.Max(0, NumberOf(number.ToString()) + shift);
        return value.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + number[digits..].ToString();
    }

    /// <summary>Type on the left and length on the right of the columns they had.</summary>
    static string TypeField(ReadOnlySpan<char> own, EdlOutLine.Event wanted)
    {
        var length = EdlLayout.LengthField(wanted);
        return length.Length == 0 ? wanted.Type : wanted.Type + new string(' ', Math.Max(1, own.Length - wanted.Type.Length - length.Length)) + length;
    }

    /// <summary>A line whose fields are replaced from left to right; blanks after a field make up for its new length.</summary>
    ref struct Columns(ReadOnlySpan<char> line)
    {
        readonly ReadOnlySpan<char> _line = line;
        readonly StringBuilder _text = new();
        int _at = 0;

        public void SetTimecode(Range field, string before, string after)
        {
            if (before != after) Set(field, LinePatch.Timecode(_line[field], before, after));
        }

        public void Set(Range field, ReadOnlySpan<char> text)
        {
            _text.Append(_line[_at..field.Start.Value]).Append(text);
            _at = field.End.Value;
            var surplus = text.Length - (field.End.Value - field.Start.Value);
            var blanks = _line.Length - _at - _line[_at..].TrimStart(' ').Length;
            if (_at + blanks >= _line.Length) return;
            if (surplus > 0) _at += Math.Min(surplus, Math.Max(0, blanks - 1));
            else _text.Append(' ', -surplus);
        }

        public readonly string Finish() => _text.Append(_line[_at..]).ToString();
    }
}
