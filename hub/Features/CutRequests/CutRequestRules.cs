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
        if (WhyNotWords(request.Title, request.Description) is { } words) return words;
        if (BranchRules.WhyNotName(request.SourceBranch) is { } source) return "sourceBranch: " + source;
        if (BranchRules.WhyNotName(request.TargetBranch) is { } target) return "targetBranch: " + target;
        return request.SourceBranch == request.TargetBranch
            ? $"sourceBranch and targetBranch are both '{request.SourceBranch}'; a branch cannot be merged into itself."
            : null;
    }

    public static string? WhyNotWords(string? title, string? description)
    {
        if (string.IsNullOrWhiteSpace(title)) return "title is missing; say in a few words what the cut request is about.";
        if (title.Length > LongestTitle) return $"title has {title.Length} characters; at most {LongestTitle} are allowed.";
        if (title.Any(char.IsControl)) return "title has a control character; leave out tabs and line breaks.";
        if (description?.Length > LongestDescription) return $"description has {description.Length} characters; at most {LongestDescription} are allowed.";
        return description?.Any(PushRules.IsUnprintable) is true ? "description has a control character." : null;
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
