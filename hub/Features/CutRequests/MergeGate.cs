using System.Collections.Immutable;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>What the target branch asks for and a cut request does not have. Of one that ended nothing is asked.</summary>
public static class MergeGate
{
    /// <param name="source">The version that would be merged: approvals are of it and no other.</param>
    /// <param name="member">Who would merge.</param>
    /// <returns>A sentence for each thing; none when nothing is missing.</returns>
    public static async Task<ImmutableArray<string>> MissingAsync(
        ProjectTransaction tx, CutRequest request, string? source, ImmutableArray<Review> reviews, Membership member, CancellationToken ct)
    {
        if (!request.IsOpen || await ProtectionStore.FindAsync(tx, request.TargetBranch, ct) is not { } asked) return [];
        var missing = ImmutableArray.CreateBuilder<string>();
        var role = await MemberStore.FindRoleAsync(tx, member.UserId, ct) ?? member.Role;
        if (!asked.LetsMerge(member.UserId, role)) missing.Add($"You may not merge into {asked.Branch}: {Mergers(asked)} may.");
        missing.AddRange(Approvals(asked, request, source, reviews));
        return missing.ToImmutable();
    }

    static IEnumerable<string> Approvals(BranchProtection asked, CutRequest request, string? source, ImmutableArray<Review> reviews)
    {
        if (asked.Approvals == 0) yield break;
        var given = reviews.Count(review => review.Approves(source) && review.Reviewer != request.AuthorId);
        if (given < asked.Approvals)
        {
            var more = asked.Approvals - given;
            var outdated = reviews.Count(review => review.Verdict is not null && review.Version != source);
            yield return $"{more} more {(more == 1 ? "approval" : "approvals")} of this version {(more == 1 ? "is" : "are")} needed"
                + (outdated > 0 ? $"; {outdated} {(outdated == 1 ? "review is" : "reviews are")} of an earlier one." : ".");
        }

        foreach (var review in reviews.Where(review => review.WantsChanges(source))) yield return $"{review.ReviewerName} wants changes to this version.";
    }

    static string Mergers(BranchProtection asked)
    {
        List<string> words = [.. asked.MergeRoles.Select(role => $"the role {role}")];
        if (!asked.MergePeople.IsEmpty) words.Add(asked.MergePeople.Length == 1 ? "one person named there" : $"{asked.MergePeople.Length} people named there");
        return string.Join(" and ", words);
    }
}
