namespace CineGit.Contracts.Hub;

/// <summary>A version of a branch's history in which a clip, or some media, is used.</summary>
/// <param name="Version">The version.</param>
/// <param name="Elements">Ids of the elements that use it, at most 200.</param>
public sealed record UseResponse(VersionResponse Version, IReadOnlyList<string> Elements);

/// <param name="Branch">Whose history was looked through.</param>
/// <param name="Versions">Those with uses, newest first, at most 200.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Unknown">How many versions of the history came before the hub kept an index, and were not looked at.</param>
public sealed record UsesResponse(string Branch, IReadOnlyList<UseResponse> Versions, int Count, int Unknown);

/// <summary>What one version did to a clip.</summary>
/// <param name="Version">Who and when.</param>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Name">What the clip is called since; what it was called, when it was removed.</param>
/// <param name="Track">The track it is on since, or was on.</param>
/// <param name="MediaBefore">What it showed; null when it was not there or shows none.</param>
/// <param name="Media">What it shows since; likewise.</param>
public sealed record ClipChangeResponse(VersionResponse Version, string Kind, string Name, string Track, string? MediaBefore, string? Media);

/// <param name="Clip">The element's id.</param>
/// <param name="Changes">Newest first. What a merge only brought along is told of the version that did it.</param>
public sealed record ClipHistoryResponse(string Clip, IReadOnlyList<ClipChangeResponse> Changes);
