using System.Globalization;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.CutRequests;

/// <param name="Number">The cut request.</param>
/// <param name="Branch">Its target.</param>
/// <param name="Version">The target's head now.</param>
internal sealed record CutRequestMerged(int Number, string Branch, string Version);

/// <summary>Cut requests in words.</summary>
internal static class CutRequestPrint
{
    public static void Print(Shell shell, IReadOnlyList<CutRequestSummary> requests, string project, bool json)
    {
        if (json) shell.Output.Json(requests, CliJson.Default.IReadOnlyListCutRequestSummary);
        else if (requests.Count == 0) shell.Output.Line($"{project} has no cut request.");
        else shell.Output.Table(["N", "State", "From", "Into", "Who", "Title"], [.. requests.Select(Row)]);
    }

    public static void Print(Shell shell, CutRequestResponse request, bool json)
    {
        if (json)
        {
            shell.Output.Json(request, CliJson.Default.CutRequestResponse);
            return;
        }

        var output = shell.Output;
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{request.Number}: {request.Title} ({request.State})"));
        output.Line($"{request.AuthorName} asks to take {request.SourceBranch} into {request.TargetBranch}.");
        if (request.Description.Length > 0) output.Line(request.Description);
        foreach (var change in request.Changes) output.Line($"  {change.Sentence}");
        foreach (var note in request.Notes) output.Line($"Note: {note.Sentence}");
        foreach (var conflict in request.Conflicts) Print(shell, conflict);
        if (request.MergedVersion is { } merged) output.Line($"Merged by {request.MergedByName} as {WorkingCopy.Short(merged)}.");
        else if (request.Mergeable) output.Line($"It can be merged: cinegit cut-request merge {request.Number}");
        else if (request.Blocked is { } why) output.Line($"It cannot be merged yet: {why}");
    }

    static void Print(Shell shell, ConflictResponse conflict)
    {
        shell.Output.Line($"Conflict {conflict.Id}: {conflict.Sentence}");
        shell.Output.Line($"  base: {conflict.Base.Words}");
        shell.Output.Line($"  ours: {conflict.Ours.Words}");
        shell.Output.Line($"  theirs: {conflict.Theirs.Words}");
        if (conflict.Chosen is { } chosen)
        {
            shell.Output.Line($"  answered with {chosen}{(conflict.ChosenValue is { } value ? $" ({value})" : "")} by {conflict.ChosenByName}");
            return;
        }

        shell.Output.Line("  open; choose one of:");
        foreach (var offer in conflict.Offers) shell.Output.Line($"    {offer.Choice}  {offer.Words}");
    }

    static IReadOnlyList<string> Row(CutRequestSummary request) =>
    [
        request.Number.ToString(CultureInfo.InvariantCulture),
        request.State,
        request.SourceBranch,
        request.TargetBranch,
        request.AuthorName,
        request.Title,
    ];
}
