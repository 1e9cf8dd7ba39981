namespace CineGit.Interchange.Edl;

/// <summary>
/// Names under <c>metadata.cmx_3600</c>. Reel, comments, transition and transition_duration are OpenTimelineIO's; the others
/// say how the list wrote what the cut means. None depends on an event's number or place: two edited lists still merge.
/// </summary>
internal static class EdlKeys
{
    public const string Section = "cmx_3600";

    public const string Reel = "reel";
    public const string Comments = "comments";
    public const string Transition = "transition";
    public const string TransitionDuration = "transition_duration";
    public const string MarkerColor = "color";

    /// <summary>True on a clip whose name is its reel's because the list gives none.</summary>
    public const string Unnamed = "unnamed";

    /// <summary>Source duration in frames where it is not what the record duration and the speed say.</summary>
    public const string SourceDuration = "source_duration";

    /// <summary>The record duration that <see cref="SourceDuration"/> belongs to; after a trim it no longer applies.</summary>
    public const string SourceDurationFor = "source_duration_for";

    /// <summary>The M2's speed as written, and its trigger where it is not the source in.</summary>
    public const string MotionSpeed = "m2_speed";
    public const string MotionTrigger = "m2_trigger";

    /// <summary>The channel field of an event that several tracks share, or of a track that its name does not tell.</summary>
    public const string Channels = "channels";

    /// <summary>The frame code of a source where it is not the list's own.</summary>
    public const string FrameCode = "fcm";

    /// <summary>Which comment gave the clip its name or media, where it is not the usual one.</summary>
    public const string NameFrom = "name_from";
    public const string MediaFrom = "media_from";

    /// <summary>On a transition: what its first line says, where that is not the end of the clip before.</summary>
    public const string From = "from";
    public const string FromName = "name";
    public const string FromSource = "source_in";

    /// <summary>On a transition: the clip before is the first line of the pair, not an event of its own.</summary>
    public const string FromInPair = "from_in_pair";

    /// <summary>On a transition: the list has no first line for it.</summary>
    public const string SingleLine = "single_line";

    /// <summary>On the timeline.</summary>
    public const string Header = "header";
    public const string Trailer = "trailer";
    public const string LineEnd = "line_end";
    public const string Encoding = "encoding";
    public const string ByteOrderMark = "byte_order_mark";
    public const string EventDigits = "event_digits";
    public const string ReelWidth = "reel_width";
    public const string DropSign = "drop_sign";
    public const string RecordDrop = "record_drop";

    /// <summary>The name that the timeline got because the list has no title.</summary>
    public const string Untitled = "untitled";

    public const string DropFrame = "DROP FRAME";
    public const string NonDropFrame = "NON-DROP FRAME";
}
