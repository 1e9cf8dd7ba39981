using System.Text.Json;
using System.Text.Json.Nodes;
using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Trials;

/// <summary>How the two sides come back from their editing programs.</summary>
/// <param name="Ids">The programs kept the metadata of the checkout.</param>
/// <param name="Shuffled">Ours comes with the keys of every object in another order.</param>
/// <param name="Rebased">Theirs has the media in another folder.</param>
/// <param name="Edl">All are edit decision lists.</param>
sealed record Export(bool Ids, bool Shuffled, bool Rebased, bool Edl)
{
    const string OtherFolder = "file:///Volumes/BAY2/";

    /// <summary>Every other pair is a plain export without ids, one in four has its keys shuffled.</summary>
    public static Export Of(int number, PairClass kind) => kind.Reel.Edl
        ? new(false, false, false, true)
        : new(number % 2 == 0, number % 8 is 3 or 4, kind.Rebased, false);

    public string Extension => Edl ? ".edl" : ".otio";

    public Layout Layout(bool rebased = false, bool absolute = false) => new(Ids, absolute, rebased && Rebased ? OtherFolder : "file:///");

    public override string ToString() =>
        Edl ? "as EDL" : $"{(Ids ? "with" : "without")} ids{(Shuffled ? ", ours with shuffled keys" : "")}{(Rebased ? ", theirs from another folder" : "")}";
}

/// <summary>The files of one pair.</summary>
sealed record PairFiles(string Folder, int Number, Export Export)
{
    public string Base => In("base");
    public string Ours => In("ours");
    public string Theirs => In("theirs");
    public string Out => In("out");

    /// <summary>The merge with the sides changed over.</summary>
    public string Back => In("back");

    public string Story => Path.Combine(Folder, "story.txt");

    public string In(string name) => Path.Combine(Folder, name + Export.Extension);

    public string Expected(int reading) => In(reading == 0 ? "expected" : $"expected-{reading}");

    public static PairFiles Write(string folder, int number, Export export, Drawn pair)
    {
        var files = new PairFiles(Directory.CreateDirectory(folder).FullName, number, export);
        File.WriteAllText(files.Base, files.Text(pair.Base));
        File.WriteAllText(files.Ours, export.Shuffled ? Shuffle(files.Text(pair.Ours), new Random(number)) : files.Text(pair.Ours));
        File.WriteAllText(files.Theirs, files.Text(pair.Theirs, rebased: true));
        for (var i = 0; i < pair.Expected.Count; i++) File.WriteAllText(files.Expected(i), files.Text(pair.Expected[i]));
        File.WriteAllText(files.Story, pair.Story);
        return files;
    }

    string Text(Cut cut, bool rebased = false) => Export.Edl ? EdlText.Of(cut) : OtioText.Of(cut, Export.Layout(rebased));

    /// <summary>The same JSON with the keys of every object in another order.</summary>
    static string Shuffle(string text, Random random)
    {
        var written = new JsonSerializerOptions { WriteIndented = true, IndentSize = 4 };
        return Shuffled(JsonNode.Parse(text), random)?.ToJsonString(written) ?? text;
    }

    static JsonNode? Shuffled(JsonNode? node, Random random)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(n => Shuffled(n, random))]);
            case JsonObject map:
                var pairs = map.ToArray();
                random.Shuffle(pairs);
                return new JsonObject(pairs.Select(p => KeyValuePair.Create(p.Key, Shuffled(p.Value, random))));
            default:
                return node?.DeepClone();
        }
    }
}
