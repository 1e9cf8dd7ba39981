using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Ale;

/// <summary>The log that a collection came from: its text, and the line of each clip.</summary>
internal sealed class AleOriginal
{
    readonly Dictionary<ContentHash, Queue<int>> _rows = [];

    AleOriginal(AleLog log, OtioDocument document)
    {
        Log = log;
        Document = document;
        foreach (var (row, clip) in log.Rows.Zip(document.Root.Objects("children")))
        {
            var print = PrintOf(clip);
            if (!_rows.TryGetValue(print, out var lines)) _rows[print] = lines = new();
            lines.Enqueue(row);
        }
    }

    public AleLog Log { get; }

    public OtioDocument Document { get; }

    /// <summary>Null for bytes that are no log.</summary>
    /// <param name="bytes">Empty where there is no original.</param>
    /// <param name="rate">What its times were counted at; null for what it says.</param>
    public static AleOriginal? TryRead(ReadOnlySpan<byte> bytes, FrameRate? rate)
    {
        if (bytes.IsEmpty || bytes.Length > LentBytes.Most) return null;
        try
        {
            var unheard = new DiagnosticBag();
            var log = AleLog.Parse(AleText.Decode(bytes, unheard), "", unheard);
            return new(log, new AleReader(log, new(rate, ""), unheard).Read());
        }
        catch (InterchangeFormatException)
        {
            return null;
        }
    }

    /// <summary>Everything before the first row.</summary>
    public void AppendTop(StringBuilder text) => Append(text, 0, Log.Rows.Count == 0 ? Log.Text.Lines.Count : Log.Rows[0]);

    /// <summary>The row that says this clip, with the blank lines behind it; false when there is none that was not used.</summary>
    public bool TryAppendRow(StringBuilder text, OtioObject clip)
    {
        if (!_rows.TryGetValue(PrintOf(clip), out var lines) || !lines.TryDequeue(out var row)) return false;
        Append(text, row, row + 1);
        for (var i = row + 1; i < Log.Text.Lines.Count && Log.Text.Lines[i].IsBlank; i++) Append(text, i, i + 1);
        return true;
    }

    void Append(StringBuilder text, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (text.Length > 0 && text[^1] is not ('\r' or '\n')) text.Append(Log.Text.LineEnd);
            text.Append(Log.Text.Lines[i].Text).Append(Log.Text.Lines[i].End);
        }
    }

    /// <summary>Of what the clip says; ids and links are no part of a log.</summary>
    static ContentHash PrintOf(OtioObject clip) =>
        clip.Child("metadata") is { } metadata ? clip.With("metadata", metadata.Without(OtioSchema.OwnMetadata)).Hash : clip.Hash;
}
