namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Attributes by which Premiere remembers its windows. They differ at every export and say nothing of the cut.</summary>
internal static class XmemlView
{
    /// <summary>Where Premiere puts the name of a track.</summary>
    public const string TrackName = "@MZ.TrackName";

    public static bool IsOfSequence(string key) =>
        key.StartsWith("@TL.", StringComparison.Ordinal)
        || key.StartsWith("@Monitor.", StringComparison.Ordinal)
        || key is "@MZ.EditLine" or "@MZ.WorkInPoint" or "@MZ.WorkOutPoint";

    public static bool IsOfTrack(string key) => key.StartsWith("@TL.", StringComparison.Ordinal) || key == "@MZ.TrackTargeted";
}
