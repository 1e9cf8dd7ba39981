namespace CineGit.Timeline.Diagnostics;

/// <summary>Every diagnostic code, in one list. First digit: 1 OTIO, 2 EDL, 3 FCP7 XML, 4 FCPXML, 5 AAF, 6 the cut itself, 7 ALE.</summary>
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

    /// <summary>An older schema version has no place for a part, which is kept in <c>metadata.cinegit.kept</c>.</summary>
    public const string OtioKeptForNewer = "CG1030";

    /// <summary>An older schema version has colour names only; the nearest was written and the colour kept.</summary>
    public const string OtioColorApproximated = "CG1031";

    /// <summary>A schema is of a later version than is known here and was left as it is.</summary>
    public const string OtioNotConverted = "CG1032";

    /// <summary>A bundle does not hold a medium that its timeline names; the reference was left as it is.</summary>
    public const string BundleMediaLeftOut = "CG1040";

    /// <summary>The EDL does not say its frame rate; one was assumed.</summary>
    public const string EdlRateAssumed = "CG2001";

    /// <summary>The EDL's bytes are not UTF-8; they were read as another encoding.</summary>
    public const string EdlEncoding = "CG2002";

    /// <summary>A line looks like an event and cannot be read as one.</summary>
    public const string EdlMalformedEvent = "CG2003";

    /// <summary>A statement other than an event is malformed; it is kept as a comment.</summary>
    public const string EdlMalformedStatement = "CG2004";

    /// <summary>A timecode is not possible at the list's rate.</summary>
    public const string EdlBadTimecode = "CG2005";

    /// <summary>Source and record durations differ and no M2 explains it.</summary>
    public const string EdlDurationMismatch = "CG2006";

    /// <summary>An event overlaps an earlier one on its channel.</summary>
    public const string EdlOverlap = "CG2007";

    /// <summary>A transition lacks its cut line, starts at something else than the event before, or is longer than its event.</summary>
    public const string EdlTransition = "CG2008";

    /// <summary>The drop-frame statement and the rate contradict each other.</summary>
    public const string EdlDropFrame = "CG2009";

    /// <summary>An M2 line fits no event line.</summary>
    public const string EdlMotion = "CG2010";

    /// <summary>The list is not in record order.</summary>
    public const string EdlOrder = "CG2011";

    /// <summary>The list has no events.</summary>
    public const string EdlEmpty = "CG2012";

    /// <summary>A statement is kept as a comment and not applied to the cut.</summary>
    public const string EdlNotApplied = "CG2013";

    /// <summary>An EDL cannot say this part of the timeline; it was left out.</summary>
    public const string EdlLeftOut = "CG2020";

    /// <summary>An EDL can say this only approximately; what was written differs.</summary>
    public const string EdlApproximated = "CG2021";

    /// <summary>A reel name was made up, shortened or changed to be unique.</summary>
    public const string EdlReelName = "CG2022";

    /// <summary>Tracks beyond what CMX 3600 defines were written in a form that many systems read and some do not.</summary>
    public const string EdlExtraTrack = "CG2023";

    /// <summary>The document does not say drop or non-drop; non-drop was written.</summary>
    public const string EdlDropFrameAssumed = "CG2024";

    /// <summary>A sequence of an FCP7 XML file does not say its rate; one was assumed.</summary>
    public const string Fcp7Rate = "CG3001";

    /// <summary>The file holds bins and clips and no sequence.</summary>
    public const string Fcp7NoSequence = "CG3002";

    /// <summary>An item ends before it starts.</summary>
    public const string Fcp7BadPlace = "CG3003";

    /// <summary>An item overlaps the one before it; it is shown on a track of its own.</summary>
    public const string Fcp7Overlap = "CG3004";

    /// <summary>A sequence is referred to and not defined, or is nested in itself.</summary>
    public const string Fcp7Reference = "CG3005";

    /// <summary>FCP7 XML cannot say this part of the timeline; it was left out.</summary>
    public const string Fcp7LeftOut = "CG3020";

    /// <summary>FCP7 XML can say this only approximately; what was written differs.</summary>
    public const string Fcp7Approximated = "CG3021";

    /// <summary>FCP7 XML has to say something that the document does not; the usual was written.</summary>
    public const string Fcp7Assumed = "CG3022";

    /// <summary>An FCPXML time cannot be read; zero was taken.</summary>
    public const string FcpxmlBadTime = "CG4001";

    /// <summary>A clip refers to a resource that its file does not have.</summary>
    public const string FcpxmlNoResource = "CG4002";

    /// <summary>An element stands in a storyline and is nothing that plays.</summary>
    public const string FcpxmlUnknownItem = "CG4003";

    /// <summary>Items of a storyline overlap, or hang before its start.</summary>
    public const string FcpxmlOverlap = "CG4004";

    /// <summary>A sequence's format says no frame rate; one was assumed.</summary>
    public const string FcpxmlRateAssumed = "CG4005";

    /// <summary>The file holds no project.</summary>
    public const string FcpxmlNoProject = "CG4006";

    /// <summary>A compound or multicam clip is carried and not opened.</summary>
    public const string FcpxmlNotOpened = "CG4007";

    /// <summary>A transition that fades sound too is read on the picture only.</summary>
    public const string FcpxmlSoundOfTransition = "CG4008";

    /// <summary>FCPXML cannot say this part of the timeline; it was left out.</summary>
    public const string FcpxmlLeftOut = "CG4020";

    /// <summary>FCPXML can say this only approximately; what was written differs.</summary>
    public const string FcpxmlApproximated = "CG4021";

    /// <summary>Two parts of a cut carry one id.</summary>
    public const string CutSharedId = "CG6001";

    /// <summary>An element takes no time, or less than none.</summary>
    public const string CutNoLength = "CG6002";

    /// <summary>An element begins before what stands in front of it ends.</summary>
    public const string CutOverlap = "CG6003";

    /// <summary>Uses of one nested sequence differ in what is inside.</summary>
    public const string CutNestsDiffer = "CG6004";

    /// <summary>A transition names elements that do not meet, or that are not on its track.</summary>
    public const string CutTransitionAstray = "CG6010";

    /// <summary>A transition has no element on either side.</summary>
    public const string CutTransitionAlone = "CG6011";

    /// <summary>Two transitions stand at one cut.</summary>
    public const string CutTransitionTwice = "CG6012";

    /// <summary>A transition is longer than what it lies over, overlaps another, or has no length.</summary>
    public const string CutTransitionRoom = "CG6013";

    /// <summary>The media does not reach as far as a transition needs.</summary>
    public const string CutHandles = "CG6014";

    /// <summary>An element shows more than its media, or its nested sequence, has.</summary>
    public const string CutBeyondMedia = "CG6020";

    /// <summary>Clips do not say where their media is.</summary>
    public const string CutNoMedia = "CG6021";

    /// <summary>The speed of a retime is no number.</summary>
    public const string CutSpeed = "CG6022";

    /// <summary>Linked picture and sound of one source run apart.</summary>
    public const string CutOutOfSync = "CG6030";

    /// <summary>A link has one member only.</summary>
    public const string CutLinkAlone = "CG6031";

    /// <summary>A marker stands outside the media of its clip.</summary>
    public const string CutMarkerAstray = "CG6040";

    /// <summary>Markers stand in trimmed-off parts of their clips.</summary>
    public const string CutMarkerHidden = "CG6041";

    /// <summary>A marker of the sequence or of a track stands before its start or after its end.</summary>
    public const string CutMarkerOutside = "CG6042";

    /// <summary>Pictures, or the start timecode, fall between frames.</summary>
    public const string CutBetweenFrames = "CG6050";

    /// <summary>Clips are counted at other rates than the sequence.</summary>
    public const string CutMixedRates = "CG6051";

    /// <summary>There is nothing in the cut.</summary>
    public const string CutEmpty = "CG6052";

    /// <summary>The cut does not come back from its canonical form as it went in.</summary>
    public const string CutUnstable = "CG6060";

    /// <summary>The log holds clips and no sequence.</summary>
    public const string AleNoSequence = "CG7001";

    /// <summary>The log does not say its frame rate, or none that is known; one was assumed.</summary>
    public const string AleRateAssumed = "CG7002";

    /// <summary>The log's bytes are not UTF-8; they were read as Latin-1.</summary>
    public const string AleEncoding = "CG7003";

    /// <summary>A line of the heading, or a row, does not fit what the log says of itself; what can be kept is.</summary>
    public const string AleMalformed = "CG7004";

    /// <summary>The times of a row cannot be read, or contradict each other; they are kept as text.</summary>
    public const string AleBadTimes = "CG7005";

    /// <summary>A log cannot say this part of the document; it was left out.</summary>
    public const string AleLeftOut = "CG7020";
}
