namespace CineGit.Timeline.Diagnostics;

/// <summary>Every diagnostic code, in one list. First digit: 1 OTIO, 2 EDL, 3 FCP7 XML, 4 FCPXML, 5 AAF, 6 the cut itself.</summary>
public static class DiagnosticCodes
{
    /// <summary>An object names a field twice; the first is kept, as OpenTimelineIO does.</summary>
    public const string OtioDuplicateField = "CG1001";

    /// <summary><c>NaN</c> or an infinity stands where JSON allows a number only.</summary>
    public const string OtioNotANumber = "CG1002";

    /// <summary>A string holds a control character that JSON wants escaped.</summary>
    public const string OtioRawControlCharacter = "CG1003";

    /// <summary>A schema is of a later version than this reader knows.</summary>
    public const string OtioNewerSchema = "CG1004";

    /// <summary>A child of an unknown schema is carried as it is.</summary>
    public const string OtioUnknownSchema = "CG1005";

    /// <summary>A list that should hold objects holds something else, which is carried but not shown.</summary>
    public const string OtioNotAnObject = "CG1006";

    /// <summary>A time cannot be read: no number, no rate, or out of range.</summary>
    public const string OtioUnreadableTime = "CG1010";

    /// <summary>A time at an unknown rate or between frames was rounded to the nearest flick.</summary>
    public const string OtioRoundedTime = "CG1011";

    /// <summary>Nothing says how long an element is.</summary>
    public const string OtioNoDuration = "CG1012";

    /// <summary>A track or stack has a source_range of its own; the cut shows it whole.</summary>
    public const string OtioTrimmedTrack = "CG1013";

    /// <summary>The file holds more than one timeline; the first is shown, the others are carried.</summary>
    public const string OtioSeveralTimelines = "CG1014";

    /// <summary>Nothing says which rate the sequence has; 24 is assumed.</summary>
    public const string OtioAssumedRate = "CG1015";
}
