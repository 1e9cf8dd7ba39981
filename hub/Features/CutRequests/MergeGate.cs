using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Checks;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Jobs;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Something that the target branch asks for.</summary>
/// <param name="Words">A sentence.</param>
/// <param name="IsPassing">Nobody has to do anything: a check has to end.</param>
public sealed record Lack(string Words, bool IsPassing);

/// <summary>What the target branch asks for and a cut request does not have. Of one that ended nothing is asked.</summary>
public static class MergeGate
{
    /// <param name="source">The version that would be merged: approvals are of it and no other.</param>
    /// <param name="member">Who would merge.</param>
    /// <returns>None when nothing is missing.</returns>
    public static async Task<ImmutableArray<Lack>> MissingAsync(
        ProjectTransaction tx, CutRequest request, string? source, ImmutableArray<Review> reviews, Membership member, CancellationToken ct)
    {
        if (!request.IsOpen || await ProtectionStore.FindAsync(tx, request.TargetBranch, ct) is not { } asked) return [];
        var missing = ImmutableArray.CreateBuilder<Lack>();
        var role = await MemberStore.FindRoleAsync(tx, member.UserId, ct) ?? member.Role;
        if (!asked.LetsMerge(member.UserId, role)) missing.Add(new($"You may not merge into {asked.Branch}: {Mergers(asked)} may.", IsPassing: false));
        missing.AddRange(Approvals(asked, request, source, reviews).Select(words => new Lack(words, IsPassing: false)));
        if (source is null || asked.Checks.IsEmpty) return missing.ToImmutable();
        var checks = await ChecksAsync(tx, asked.Branch, asked.Checks, source, ct);
        missing.AddRange(checks.Where(line => line.Required && line.State != CheckStates.Passed).Select(WhyNotPassed));
        return missing.ToImmutable();
    }

    /// <summary>What checks say of a version that is to go into a branch; those that it asks for come first.</summary>
    /// <param name="asked">Their names.</param>
    public static async Task<ImmutableArray<CheckSummary>> ChecksAsync(
        ProjectTransaction tx, string branch, ImmutableArray<string> asked, string version, CancellationToken ct)
    {
        var results = (await CheckStore.ListAsync(tx, version, ct)).Where(result => result.IsFor(branch)).ToLookup(result => result.Name, StringComparer.Ordinal);
        var key = CheckQueue.KeyOf(version, branch);
        var isRunning = (await JobStore.WaitingAsync(tx, CheckQueue.Kind, key, ct)).Contains(key);
        // Of one that was made for the branch and one that was made for none, the former counts.
        return [.. asked.Concat(results.Select(each => each.Key)).Distinct(StringComparer.Ordinal)
            .Select(name => LineOf(name, results[name].LastOrDefault(), isRunning, asked.Contains(name)))];
    }

    static CheckSummary LineOf(string name, CheckResult? result, bool isRunning, bool isAsked) => result switch
    {
        // What it said before is of other settings, or somebody doubts it.
        { IsOwn: true } or null when isRunning && CutInspection.Names.Contains(name) => new(name, CheckStates.Pending, "It is about to be run.", isAsked),
        null => new(name, CheckStates.Pending, "Nothing was reported yet.", isAsked),
        _ => new(name, result.State, result.Summary, isAsked),
    };

    static Lack WhyNotPassed(CheckSummary line) => line.State == CheckStates.Failed
        ? new($"The check {line.Name} failed: {line.Summary}", IsPassing: false)
        : new($"The check {line.Name} has not passed yet: {line.Summary}", IsPassing: true);

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
