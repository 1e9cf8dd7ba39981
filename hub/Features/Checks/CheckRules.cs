using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Versions;

namespace CineGit.Hub.Features.Checks;

/// <summary>What another system may report, and how long a cut may be asked to be.</summary>
public static class CheckRules
{
    const int LongestSummary = 1000;
    const int LongestLink = 2000;
    const int LongestMessage = 2000;
    const int LongestWord = 200;
    const int MostElements = 1000;
    const int MostSeconds = 864_000;

    public static string? WhyNot(string name, ReportCheckRequest report)
    {
        if (ProtectionRules.WhyNotCheck(name) is { } wrongName) return wrongName;
        if (CutInspection.Names.Contains(name)) return $"the check '{name}' is the hub's own; report under another name.";
        if (report.State is not (CheckStates.Pending or CheckStates.Passed or CheckStates.Failed))
        {
            return $"state '{report.State}' is none of {CheckStates.Pending}, {CheckStates.Passed} and {CheckStates.Failed}.";
        }

        if (WhyNotText(report.Summary, LongestSummary) is { } summary) return "summary " + summary;
        if (report.Findings?.Count > CheckVerdict.MostFindings) return $"findings has {report.Findings.Count} entries; at most {CheckVerdict.MostFindings} are taken.";
        if (report.Findings?.Select(WhyNotFinding).OfType<string>().FirstOrDefault() is { } finding) return "findings: " + finding;
        if (report.Link is not { } link) return null;
        return link.Length <= LongestLink && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? WhyNotText(link, LongestLink) is { } odd ? "link " + odd : null
            : "link is no http or https address.";
    }

    public static string? WhyNot(CheckSettings settings)
    {
        if (settings.Branch is not null && BranchRules.WhyNotName(settings.Branch) is { } branch) return "branch: " + branch;
        if (settings.ShortestSeconds is < 1 or > MostSeconds) return $"shortestSeconds {settings.ShortestSeconds} is not between 1 and {MostSeconds}.";
        if (settings.LongestSeconds is < 1 or > MostSeconds) return $"longestSeconds {settings.LongestSeconds} is not between 1 and {MostSeconds}.";
        return settings.ShortestSeconds > settings.LongestSeconds ? "shortestSeconds is more than longestSeconds." : null;
    }

    static string? WhyNotFinding(CheckFinding? finding)
    {
        if (finding is null) return "an entry is null.";
        if (WhyNotText(finding.Message, LongestMessage) is { } message) return "message " + message;
        if (finding.Elements?.Count > MostElements) return $"elements has {finding.Elements.Count} entries; at most {MostElements} are taken.";
        IEnumerable<string?> words = [.. finding.Elements ?? [], finding.Timecode ?? "-", finding.Track ?? "-", finding.Code ?? "-"];
        return words.Select(word => WhyNotText(word, LongestWord)).OfType<string>().FirstOrDefault() is { } why ? "a word " + why : null;
    }

    static string? WhyNotText(string? text, int longest) => text switch
    {
        null or "" => "is missing.",
        _ when text.Length > longest => $"has {text.Length} characters; at most {longest} are allowed.",
        _ => text.Any(PushRules.IsUnprintable) ? "has a control character." : null,
    };
}
