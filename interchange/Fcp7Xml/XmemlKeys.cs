namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Names under <c>metadata.fcp_xml</c>, where OpenTimelineIO's adapter puts the elements it does not model, and under
/// <c>metadata.cinegit.local</c>, where what is true of one file only is kept: ids, and how a value was spelled.
/// </summary>
internal static class XmemlKeys
{
    public const string Section = "fcp_xml";

    /// <summary>On a nest: the nested sequence's own elements; on a filter's effect: the filter's.</summary>
    public const string Sequence = "sequence";
    public const string Filter = "filter";

    /// <summary>On the timeline or the collection: attributes of the root, and bins, projects and master clips in file order.</summary>
    public const string File = "xmeml";
    public const string Outline = "outline";
    public const string OutlineName = "name";
    public const string OutlineRest = "rest";

    /// <summary>An entry that names a sequence defined elsewhere.</summary>
    public const string Reference = "reference";

    /// <summary>Ticks from the frame that in and out name to the moment meant: sound is cut between frames.</summary>
    public const string SubframeIn = "subframe_in";
    public const string SubframeOut = "subframe_out";

    /// <summary>Where a retime is not one speed: the in point as counted on the retimed clip, which its source time alone does not tell.</summary>
    public const string RetimedIn = "retimed_in";

    /// <summary>In residue that is compared: as <see cref="Written"/>.</summary>
    public const string WrittenHere = "#written";

    public const string Own = "cinegit";
    public const string Link = "link";
    public const string Definition = "definition";
    public const string Rate = "rate";
    public const string Local = "local";

    public const string Id = "id";
    public const string FileId = "file";
    public const string SequenceId = "sequence";
    public const string MasterClip = "masterclip";
    public const string Item = "item";

    /// <summary>Fields whose spelling is not the usual one: name to [as written, what it stands for]; false for one that is not there.</summary>
    public const string Written = "written";

    /// <summary>Frames by which a written start or end lies beside the cut, for as long as in and out are as they were read.</summary>
    public const string StartBeside = "start_beside";
    public const string EndBeside = "end_beside";

    /// <summary>Modelled elements that came a second time.</summary>
    public const string Extra = "extra";

    /// <summary>The links as the file lists them, where that is not each member once in track order; empty for an item without.</summary>
    public const string Links = "links";

    /// <summary>The file is defined again in full at this use.</summary>
    public const string Whole = "whole";

    /// <summary>Attributes that say how a window looked: playhead, zoom, track heights.</summary>
    public const string View = "view";

    /// <summary>The order of a track's own elements around its items, which are an empty name, where it is not the usual one.</summary>
    public const string Order = "order";

    /// <summary>The track holds what overlaps on the track before it.</summary>
    public const string Layer = "layer";

    /// <summary>The sequence that a nest shows has spellings of its own.</summary>
    public const string InSequence = "in_sequence";

    /// <summary>What a file writes with every item.</summary>
    public const string Habits = "habits";
    public const string HabitTicks = "ticks";
    public const string HabitGroupIndex = "groupindex";
    public const string HabitMasterClip = "masterclip";
}
