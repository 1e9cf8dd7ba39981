using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Versions;
using CineGit.Timeline.Merge;

namespace CineGit.Hub.Features.CutRequests;

public static class CutRequestRules
{
    const int LongestTitle = 200;
    const int LongestDescription = 10_000;

    /// <summary>Why this request cannot be opened, naming the field; null when its branches can be looked for.</summary>
    public static string? WhyNot(CreateCutRequestRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Title)) return "title is missing; say in a few words what the cut request is about.";
        if (request.Title.Length > LongestTitle) return $"title has {request.Title.Length} characters; at most {LongestTitle} are allowed.";
        if (request.Title.Any(char.IsControl)) return "title has a control character; leave out tabs and line breaks.";
        if (request.Description?.Length > LongestDescription)
        {
            return $"description has {request.Description.Length} characters; at most {LongestDescription} are allowed.";
        }

        if (request.Description?.Any(PushRules.IsUnprintable) == true) return "description has a control character.";
        if (BranchRules.WhyNotName(request.SourceBranch) is { } source) return "sourceBranch: " + source;
        if (BranchRules.WhyNotName(request.TargetBranch) is { } target) return "targetBranch: " + target;
        return request.SourceBranch == request.TargetBranch
            ? $"sourceBranch and targetBranch are both '{request.SourceBranch}'; a branch cannot be merged into itself."
            : null;
    }

    /// <summary>The wire spells a choice in kebab-case: <c>new-track</c>.</summary>
    public static string WordOf(Choice choice) => EditViews.Word(choice);

    public static Choice? ChoiceOf(string? word)
    {
        foreach (var choice in Enum.GetValues<Choice>())
        {
            if (WordOf(choice) == word) return choice;
        }

        return null;
    }
}
