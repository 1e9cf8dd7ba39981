using System.Globalization;
using System.Text;
using CineGit.Interchange.Xml;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Fcp7Xml;

/// <summary>One clip changed and written beside the original: nothing differs but that clip, what it is linked with, and where things are.</summary>
public sealed class Fcp7EditTests
{
    const int Edits = 40;
    const int Made = 4;

    /// <summary>Real files, and made ones by their number.</summary>
    public static TheoryData<string> Files => [.. Corpus.Files("fcp7xml").Where(f => HasClips(Corpus.Read(f))), .. Enumerable.Range(0, Made).Select(n => $"made {n}")];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_edit_of_one_clip_changes_nothing_else_in_the_file(string file)
    {
        var random = new Random(file.Length);
        var bytes = file.StartsWith("made ", StringComparison.Ordinal) ? PremiereXml.Make(60, file[^1] - '0') : Corpus.Read(file);
        var document = Fcp7Files.Read(bytes).Document;
        var before = Items(XmlTree.Parse(bytes));
        var done = 0;
        for (var i = 0; i < Edits; i++)
        {
            var (edited, id, what) = Edit(document, random);
            if (id is null) continue;
            done++;
            var written = Fcp7Files.Write(edited, bytes);

            var after = Items(XmlTree.Parse(written));
            var allowed = LinkedWith(before[id], id);
            foreach (var (item, text) in before)
            {
                if (allowed.Contains(item)) continue;
                Assert.True(after.TryGetValue(item, out var present), $"{what} of {id}: {item} is gone");
                Assert.True(text == present, $"{what} of {id} changed {item}:\n{text}\n{present}");
            }

            Assert.True(after.Count <= before.Count + 1, $"{what} of {id}: {after.Count} items instead of {before.Count}");
            Assert.Equal(Times(edited), Times(Fcp7Files.Read(written).Document));
        }

        Assert.True(done >= Edits / 2, $"{done} edits");
    }

    static bool HasClips(byte[] bytes)
    {
        try
        {
            return Fcp7Files.Tracks(Fcp7Files.Read(bytes).Document).Any(t => t.Objects("children").Any(IsOfFile));
        }
        catch (InterchangeFormatException)
        {
            return false;
        }
    }

    [Fact]
    public void A_clip_that_was_trimmed_keeps_the_spelling_of_everything_around_its_times()
    {
        var bytes = PremiereXml.Make(30);
        var document = Fcp7Files.Read(bytes).Document;
        var edited = Replace(document, 0, c => c.SchemaName == OtioSchema.Clip, c => [c.With("name", "other")]);

        var (old, young) = (Encoding.UTF8.GetString(bytes).Split('\n'), Encoding.UTF8.GetString(Fcp7Files.Write(edited, bytes)).Split('\n'));

        Assert.Equal(old.Length, young.Length);
        Assert.Single(old.Zip(young), p => p.First != p.Second);
    }

    static (OtioDocument Edited, string? Id, string What) Edit(OtioDocument document, Random random)
    {
        var tracks = Fcp7Files.Tracks(document).ToArray();
        int[] filled = [.. Enumerable.Range(0, tracks.Length).Where(t => tracks[t].Objects("children").Any(IsOfFile))];
        var track = filled[random.Next(filled.Length)];
        var clips = tracks[track].Objects("children").Where(IsOfFile).ToArray();
        var clip = clips[random.Next(clips.Length)];
        var (what, with) = Change(clip, random);
        // What stands before a clip that goes comes to the transition behind it, and changes with it.
        if (with.Length == 0 && IsBesideTransition(tracks[track], clip)) return (document, null, "");
        return (Replace(document, track, c => ReferenceEquals(c, clip), _ => with), LocalId(clip), what);
    }

    static bool IsOfFile(OtioObject child) => child.SchemaName == OtioSchema.Clip && LocalId(child) is not null;

    static bool IsBesideTransition(OtioObject track, OtioObject clip)
    {
        var children = track.Objects("children").ToList();
        var at = children.IndexOf(clip);
        return (at > 0 && children[at - 1].SchemaName == OtioSchema.Transition) || (at + 1 < children.Count && children[at + 1].SchemaName == OtioSchema.Transition);
    }

    static (string What, OtioObject[] With) Change(OtioObject clip, Random random)
    {
        var range = clip.Child("source_range")!;
        OtioTimes.TryReadRange(range, out var said);
        var rate = OtioTimes.RateOf(range)!.Value;
        var step = Flicks.FromFrames(random.Next(1, 5), rate);
        var isLong = said.Duration > step + step;
        OtioObject Ranged(Flicks start, Flicks length) => clip.With("source_range", OtioTimes.WriteRange(range, new(start, length), rate));
        return random.Next(10) switch
        {
            0 when isLong => ("trim of the tail", [Ranged(said.Start, said.Duration - step)]),
            1 when isLong => ("trim of the head", [Ranged(said.Start + step, said.Duration - step)]),
            2 => ("slip", [Ranged(said.Start + step, said.Duration)]),
            3 => ("deletion", []),
            4 => ("lift", [OtioBuild.Gap(RationalTime.FromFlicks(said.Duration, rate, Rounding.Nearest))]),
            5 => ("insertion", [clip, Inserted(OtioTimes.WriteRange(range, new(Flicks.Zero, said.Duration), rate))]),
            6 => ("marker", [clip.With("markers", OtioArray.Of([.. clip.Objects("markers"), OtioBuild.Marker("look", OtioBuild.Range(new(0, rate), new(0, rate)), "GREEN")]))]),
            7 => ("disabling", [clip.With("enabled", clip.Flag("enabled") is not true)]),
            8 when WithOtherParameter(clip) is { } changed => ("parameter", [changed]),
            _ => ("rename", [clip.With("name", "renamed")]),
        };
    }

    /// <summary>Its file begins at a frame: those of some real ones begin between the frames of their clips.</summary>
    static OtioObject Inserted(OtioObject range) => OtioBuild.Clip("new", OtioBuild.ExternalReference("file:///media/new.mov", range), range);

    static OtioObject? WithOtherParameter(OtioObject clip)
    {
        var effects = clip.Objects("effects").ToArray();
        if (effects.Length == 0 || effects[0].Child("metadata")?.Child("fcp_xml") is not { } rest || rest["parameter"] is not OtioArray { Items: [OtioObject parameter, ..] } list) return null;
        rest = rest.With("parameter", new OtioArray(list.Items.SetItem(0, parameter.With("value", "77"))));
        effects[0] = effects[0].With("metadata", effects[0].Child("metadata")!.With("fcp_xml", rest));
        return clip.With("effects", OtioArray.Of(effects));
    }

    static OtioDocument Replace(OtioDocument document, int track, Func<OtioObject, bool> which, Func<OtioObject, OtioObject[]> with)
    {
        var stack = document.Root.Child("tracks")!;
        var tracks = stack.Objects("children").ToArray();
        var isDone = false;
        var children = new List<OtioObject>();
        foreach (var child in tracks[track].Objects("children"))
        {
            children.AddRange(!isDone && which(child) ? with(child) : [child]);
            isDone |= which(child);
        }

        tracks[track] = tracks[track].With("children", OtioArray.Of(children));
        return new(document.Root.With("tracks", stack.With("children", OtioArray.Of(tracks))));
    }

    static string? LocalId(OtioObject clip) => clip.Child("metadata")?.Child("cinegit")?.Child("local")?.Text("id");

    /// <summary>Every item by its id, as text without what a ripple changes, its media by id alone: the first use of a file that stays defines it.</summary>
    static Dictionary<string, string> Items(XmlTree tree)
    {
        var items = new Dictionary<string, string>();
        for (var i = 0; i < tree.Count; i++)
        {
            var node = new XmlNode(tree, i);
            if (node.Kind == XmlNodeKind.Element && node.Name is "clipitem" or "generatoritem" or "transitionitem" && node["id"] is { } id) items.TryAdd(id, Text(node));
        }

        return items;
    }

    static string Text(XmlNode node)
    {
        var text = new StringBuilder();
        Add(node, text);
        return text.ToString();
    }

    static void Add(XmlNode node, StringBuilder text)
    {
        if (node.Name is "start" or "end" or "clipindex") return;
        text.Append(CultureInfo.InvariantCulture, $"<{node.Name}");
        foreach (var (name, value) in node.Attributes) text.Append(CultureInfo.InvariantCulture, $" {name}={value}");
        text.Append('>');
        if (node.Name is "file" or "sequence") return;
        if (node.IsLeaf) text.Append(node.Text);
        foreach (var child in node.Children) Add(child, text);
        text.Append("</>");
    }

    /// <summary>The clip and all that its links name: their links change with it.</summary>
    static HashSet<string> LinkedWith(string item, string id)
    {
        var linked = new HashSet<string> { id };
        foreach (var part in item.Split("<linkclipref>").Skip(1)) linked.Add(part[..part.IndexOf('<', StringComparison.Ordinal)]);
        return linked;
    }

    /// <summary>Where every clip and transition stands, and what it shows; empty time counts for what it moves.</summary>
    static List<string> Times(OtioDocument document)
    {
        var times = new List<string>();
        foreach (var track in Fcp7Files.Tracks(document))
        {
            var at = Flicks.Zero;
            foreach (var child in track.Objects("children"))
            {
                var range = OtioTimes.TryReadRange(child["source_range"], out var said) ? said : default;
                if (child.SchemaName != OtioSchema.Gap) times.Add(string.Create(CultureInfo.InvariantCulture, $"{at.Value} {child.SchemaName} {child.Text("name")} {range.Start.Value} {range.Duration.Value}"));
                at += range.Duration;
            }
        }

        return times;
    }
}
