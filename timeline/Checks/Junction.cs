using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Checks;

/// <summary>A transition and the places on its track of the elements it names; null where it names none that is there.</summary>
readonly record struct Junction(EditPoint Point, int? Left, int? Right)
{
    /// <summary>It names an element that is not on the track.</summary>
    public bool HasLost => Left is null != Point.Left is null || Right is null != Point.Right is null;

    /// <summary>It names two elements that do not follow each other.</summary>
    public bool IsApart => Left is { } left && Right is { } right && right != left + 1;

    public static IEnumerable<Junction> Of(Track track)
    {
        if (track.EditPoints.IsEmpty) yield break;
        var index = new Dictionary<ElementId, int>(track.Elements.Length);
        for (var i = 0; i < track.Elements.Length; i++) index.TryAdd(track.Elements[i].Id, i);
        foreach (var point in track.EditPoints) yield return new(point, Find(point.Left), Find(point.Right));

        int? Find(ElementId? id) => id is { } named && index.TryGetValue(named, out var found) ? found : null;
    }
}
