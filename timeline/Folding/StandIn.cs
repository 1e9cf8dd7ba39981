using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Folding;

/// <summary>
/// In the place of neighbours that no cut in hand has touched: as long as they are together, with the id of the first, which
/// is in no folded cut itself.
/// </summary>
sealed record StandIn : Element
{
    /// <summary>The elements it stands for.</summary>
    public required ImmutableArray<ElementId> Elements { get; init; }

    /// <summary>How many of them stand right behind another.</summary>
    public required int Filled { get; init; }

    public static int FilledOf(Element element) =>
        (element is StandIn standIn ? standIn.Filled : 0) + (element.Lead.Duration.IsZero ? 1 : 0);

    public static int CountOf(Element element) => element is StandIn standIn ? standIn.Elements.Length : 1;

    public static ImmutableArray<ElementId> IdsOf(Element element) => element is StandIn standIn ? standIn.Elements : [element.Id];
}
