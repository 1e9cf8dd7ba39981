using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Ale;

/// <summary>Columns that say what OTIO has a place for; every other is metadata.</summary>
internal static class AleColumns
{
    public const string Name = "Name";
    public const string Start = "Start";
    public const string End = "End";
    public const string Duration = "Duration";
    public const string Tape = "Tape";
    public const string SourceFile = "Source File";
    public const string ColorSlope = "ASC_SOP";
    public const string ColorSaturation = "ASC_SAT";
}

/// <summary>Names under <c>metadata.ALE</c>: OpenTimelineIO's on the collection, the columns on a clip.</summary>
internal static class AleKeys
{
    public const string Section = "ALE";
    public const string Header = "header";
    public const string Columns = "columns";
    public const string Rate = "FPS";

    /// <summary>Under <c>metadata.cinegit</c>: the row counts drop-frame.</summary>
    public const string DropFrame = "drop_frame";
}

/// <summary>From the rows of a log to a collection of clips.</summary>
internal sealed class AleReader(AleLog log, ReadOptions options, DiagnosticBag diagnostics)
{
    /// <summary>So many rows are told of one by one.</summary>
    const int MostReported = 20;

    int _reported;

    public OtioDocument Read()
    {
        var rate = Rate();
        var clips = log.Rows.Select(row => Clip(row, rate)).ToList();
        var section = OtioObject.Map(
            (AleKeys.Header, Dictionary(log.Statements)),
            (AleKeys.Columns, OtioArray.Of(log.Columns.Select(c => (OtioValue)c))));
        diagnostics.Note(
            DiagnosticCodes.AleNoSequence,
            "",
            string.Create(CultureInfo.InvariantCulture, $"{options.FileName} is an Avid log: {clips.Count} clip{(clips.Count == 1 ? "" : "s")} and no sequence, so there is no cut in it to compare or to merge."));
        if (_reported > MostReported)
        {
            diagnostics.Warn(DiagnosticCodes.AleMalformed, "", string.Create(CultureInfo.InvariantCulture, $"{_reported - MostReported} more rows have something of that kind."));
        }

        return new(OtioObject.Of(
            "SerializableCollection.1",
            ("metadata", OtioObject.Map((AleKeys.Section, section))),
            ("name", Path.GetFileNameWithoutExtension(options.FileName)),
            ("children", OtioArray.Of(clips))));
    }

    FrameRate Rate()
    {
        if (options.Rate is { } asked) return asked;
        var said = log.Statements.FirstOrDefault(s => s.Name == AleKeys.Rate).Value ?? "";
        if (double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && FrameRate.TryFromDouble(number, out var rate)) return rate;
        diagnostics.Note(
            DiagnosticCodes.AleRateAssumed,
            "",
            $"The log {(said.Length == 0 ? "does not say its frame rate" : "says a frame rate that is not known")}; 24 fps was assumed. If that is wrong, give the rate with --rate.");
        return FrameRate.Fps24;
    }

    static OtioObject Dictionary(IEnumerable<(string Name, string Value)> fields) =>
        OtioObject.Map([.. fields.Select(f => (f.Name, (OtioValue)f.Value))]);

    OtioObject Clip(int line, FrameRate rate)
    {
        var cells = AleLog.Cells(log.Text.Lines[line].Text);
        var row = new List<(string Name, string Value)>(cells.Length);
        for (var i = 0; i < Math.Min(cells.Length, log.Columns.Count); i++) row.Add((log.Columns[i], cells[i]));
        if (cells.Skip(log.Columns.Count).Any(c => c.Length > 0))
        {
            Report(DiagnosticCodes.AleMalformed, line, string.Create(CultureInfo.InvariantCulture, $"The row has {cells.Length} cells for {log.Columns.Count} columns; those without a column were left out."));
        }

        var name = ValueOf(row, AleColumns.Name);
        var range = TakeRange(row, rate, line, out var isDrop);
        var media = Take(row, AleColumns.SourceFile) is { Length: > 0 } file
            ? OtioBuild.ExternalReference(file, null)
            : OtioBuild.MissingReference(name: ValueOf(row, AleColumns.Tape));
        var metadata = OtioObject.EmptyMap;
        if (ColorDecisions(row) is { Fields.Length: > 0 } cdl) metadata = metadata.With("cdl", cdl);
        metadata = metadata.With(AleKeys.Section, Dictionary(row));
        if (isDrop) metadata = metadata.With(OtioSchema.OwnMetadata, OtioObject.Map((AleKeys.DropFrame, true)));
        return OtioBuild.Clip(name, media, range).With("metadata", metadata);
    }

    static string ValueOf(List<(string Name, string Value)> row, string column) => row.Find(c => c.Name == column).Value ?? "";

    static string? Take(List<(string Name, string Value)> row, string column)
    {
        var at = row.FindIndex(c => c.Name == column && c.Value.Length > 0);
        if (at < 0) return null;
        var value = row[at].Value;
        row.RemoveAt(at);
        return value;
    }

    /// <summary>From Start and either End or Duration; times that cannot be read stay in the row.</summary>
    OtioObject? TakeRange(List<(string Name, string Value)> row, FrameRate rate, int line, out bool isDrop)
    {
        isDrop = false;
        var (start, end, duration) = (ValueOf(row, AleColumns.Start), ValueOf(row, AleColumns.End), ValueOf(row, AleColumns.Duration));
        if (start.Length == 0 || (end.Length == 0 && duration.Length == 0)) return null;
        if (!Timecode.TryParse(start, rate, out var from, out isDrop)
            || Length(from, end, duration, rate, isDrop) is not { } length)
        {
            isDrop = false;
            Report(DiagnosticCodes.AleBadTimes, line, $"The times {start}, {end}, {duration} cannot be read at {rate.ToDouble().ToString("0.###", CultureInfo.InvariantCulture)} fps, or contradict each other; they are kept as text.");
            return null;
        }

        foreach (var column in (string[])[AleColumns.Start, AleColumns.End, AleColumns.Duration]) Take(row, column);
        return OtioBuild.Range(from, new(length, rate));
    }

    static long? Length(RationalTime start, string end, string duration, FrameRate rate, bool isDrop)
    {
        long? byEnd = end.Length > 0 && Timecode.TryParse(end, rate, isDrop, out var to) ? to.Value - start.Value : null;
        // A duration of drop-frame timecode is a count of frames: 00:01:00;00 does not exist and is 1,800 frames.
        long? byDuration = duration.Length > 0 && (Timecode.TryParse(duration, rate, isDrop, out var length) || Timecode.TryParse(duration, rate, false, out length)) ? length.Value : null;
        if ((end.Length > 0 && byEnd is null) || (duration.Length > 0 && byDuration is null)) return null;
        if (byEnd is not null && byDuration is not null && byEnd != byDuration) return null;
        return (byEnd ?? byDuration) is >= 0 and var frames ? frames : null;
    }

    static OtioObject ColorDecisions(List<(string Name, string Value)> row)
    {
        var cdl = OtioObject.EmptyMap;
        var numbers = ValueOf(row, AleColumns.ColorSlope).Split([' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length == 9 && Array.TrueForAll(numbers, IsNumber))
        {
            Take(row, AleColumns.ColorSlope);
            cdl = cdl.With("asc_sop", OtioObject.Map(("slope", Numbers(numbers[..3])), ("offset", Numbers(numbers[3..6])), ("power", Numbers(numbers[6..]))));
        }

        if (ValueOf(row, AleColumns.ColorSaturation).Trim() is { Length: > 0 } saturation && IsNumber(saturation))
        {
            Take(row, AleColumns.ColorSaturation);
            cdl = cdl.With("asc_sat", Number(saturation));
        }

        return cdl;
    }

    static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    static OtioArray Numbers(string[] texts) => OtioArray.Of(texts.Select(t => (OtioValue)Number(t)));

    static OtioNumber Number(string text) => OtioNumber.FromDouble(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));

    void Report(string code, int line, string message)
    {
        if (++_reported <= MostReported) diagnostics.Warn(code, AleLog.Location(line), message);
    }
}
