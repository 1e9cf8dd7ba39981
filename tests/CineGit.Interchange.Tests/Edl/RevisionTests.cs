using System.Text;
using System.Text.RegularExpressions;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>An edit of one clip changes the lines of its event, and what follows from it, in the list it came from.</summary>
public sealed partial class RevisionTests
{
    const int PerList = 6;

    [Fact]
    public void One_edit_changes_its_own_events_and_no_other_line_but_in_record_times_and_numbers()
    {
        var lists = EdlLists.Generated(16).Concat(EdlLists.OfCases()).Concat(Corpus.IsAbsent ? [] : Corpus.Files("edl").Select(Corpus.Read)).ToList();
        var (edits, kinds) = (0, new HashSet<string>());
        for (var i = 0; i < lists.Count; i++)
        {
            var document = EdlFiles.Read(lists[i]).Document;
            for (var n = 0; n < PerList; n++)
            {
                if (Enumerable.Range(0, 20).Select(t => new EdlEdits(new Random((i * 1000) + (n * 20) + t)).Edit(document)).FirstOrDefault(e => e is not null) is not { } edited) continue;
                var written = EdlFiles.WriteInto(edited.Document, lists[i]);
                var place = $"list {i}, edit {n}: {edited.Kind} of {edited.Reel} at {edited.RecordIn}";
                OnlyItsOwnChanged(lists[i], written, edited, place);
                SaysTheSame(edited.Document, written, place);
                kinds.Add(edited.Kind);
                edits++;
            }
        }

        Assert.True(edits >= 300, $"only {edits} edits");
        Assert.Equal(9, kinds.Count);
    }

    static void OnlyItsOwnChanged(byte[] before, byte[] after, EdlEdited edited, string place)
    {
        var (old, changed) = (Parts(before), Parts(after));
        var gone = Without(old, changed);
        var added = Without(changed, old);
        // The edited event, its first line where it is a pair, and a transition that comes from it.
        var most = 2 + (2 * edited.Follows);
        Assert.True(gone.Count <= most, $"{place}: gone\n{string.Join("", gone)}\nadded\n{string.Join("", added)}");
        Assert.True(added.Count <= gone.Count + 1, $"{place}: gone\n{string.Join("", gone)}\nadded\n{string.Join("", added)}");
        // The parts are compared byte for byte, whatever the list's encoding.
        string[] reels = [edited.Reel, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(edited.Reel))];
        foreach (var part in gone) Assert.True(Array.Exists(reels, r => part.Contains(r, StringComparison.OrdinalIgnoreCase)) || edited.Follows > 0, $"{place}: {part}");
        var stayed = old.Except(gone).ToHashSet();
        if (!old.Skip(1).Any(p => EventLine().Match(p).Groups["channel"].Value != "V"))
        {
            Assert.Equal(old.Where(stayed.Contains), changed.Where(stayed.Contains));
        }
    }

    static List<string> Without(List<string> parts, List<string> others)
    {
        var counts = others.CountBy(p => p).ToDictionary(p => p.Key, p => p.Value);
        return [.. parts.Where(p => !counts.TryGetValue(p, out var count) || (counts[p] = count - 1) < 0)];
    }

    /// <summary>What is before the first event, and each event line with all up to the next; numbers and record times blanked out.</summary>
    static List<string> Parts(byte[] list)
    {
        var parts = new List<string> { "" };
        foreach (Match line in Line().Matches(Encoding.Latin1.GetString(list)))
        {
            var text = line.Value;
            if (EventLine().Match(text) is { Success: true } e)
            {
                text = $"#{text[(e.Groups["number"].Index + e.Groups["number"].Length)..e.Groups["record"].Index]}~{text[(e.Groups["record"].Index + e.Groups["record"].Length)..]}";
                parts.Add(text);
                continue;
            }

            // A frame code is stated again where the event that it stood before is gone.
            if (text.StartsWith("FCM:", StringComparison.OrdinalIgnoreCase)) continue;
            parts[^1] += Locator().Replace(text, m => m.Groups[1].Value + "~");
        }

        return parts;
    }

    [GeneratedRegex(@"[^\r\n]*(\r\n|\r|\n|$)")]
    private static partial Regex Line();

    [GeneratedRegex(@"^\s*(?<number>\d+[A-Za-z]?)\s.*?(?<channel>\S+)\s+(C|D|W\d+|K\b.*?)\s+(\d+\s+)?([\d:;.,]+\s+){2}(?<record>\d+[:;.,]\d+[:;.,]\d+[:;.,]\d+\s+\d+[:;.,]\d+[:;.,]\d+[:;.,]\d+)")]
    private static partial Regex EventLine();

    [GeneratedRegex(@"(LOC:\s+)[\d:;.,]+")]
    private static partial Regex Locator();

    /// <summary>The list that was revised reads as the list that is written from the document alone.</summary>
    static void SaysTheSame(OtioDocument edited, byte[] revised, string place)
    {
        var rate = EdlFiles.RateOf(edited);
        var alone = EdlFiles.Read(EdlFiles.WriteBytes(edited), rate).Document;
        var own = EdlFiles.Read(revised, rate).Document;
        var expected = EdlFiles.Tracks(alone).ToList();
        var actual = EdlFiles.Tracks(own).ToList();
        Assert.True(expected.Count == actual.Count, $"{place}: {expected.Count} tracks / {actual.Count}");
        for (var t = 0; t < expected.Count; t++)
        {
            var (theirs, ours) = (expected[t].Objects("children").Select(Facts).ToList(), actual[t].Objects("children").Select(Facts).ToList());
            for (var c = 0; c < Math.Max(theirs.Count, ours.Count); c++)
            {
                var (one, other) = (theirs.ElementAtOrDefault(c) ?? "", ours.ElementAtOrDefault(c) ?? "");
                Assert.True(one == other, $"{place}: track {t}, child {c}\n{one}\n{other}");
            }
        }
    }

    /// <summary>Everything that the list says of it but the order of comments and how numbers are spelled.</summary>
    static string Facts(OtioObject item)
    {
        var section = item.Child("metadata")?.Child("cmx_3600");
        var comments = (section?.List("comments") ?? []).OfType<OtioString>().Select(c => string.Join(' ', c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal);
        var plain = item.With("metadata", (item.Child("metadata") ?? OtioObject.EmptyMap).Without("cdl").With("cmx_3600", OtioObject.Map(
            ("reel", section?.Text("reel") ?? ""), ("comments", string.Join('|', comments)), ("transition", section?.Text("transition") ?? ""), ("fcm", section?.Text("fcm") ?? ""))));
        var color = item.Child("metadata")?.Child("cdl") is { } cdl ? CanonicalForm.Hash(new OtioDocument(cdl)).ToString() : "";
        return Encoding.UTF8.GetString(TimelineAssert.Utf8(new(plain))) + color;
    }
}
