using System.Collections.Immutable;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>The imported cut with ids on everything, and where an id was carried over on thin evidence.</summary>
public sealed record Identified(Sequence Sequence, ImmutableArray<string> Assumptions);

public static class ElementMatcher
{
    public static Identified Identify(Sequence imported, Sequence? parent, Birth birth) => throw new NotImplementedException();
}
