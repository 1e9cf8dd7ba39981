using System.Text.Json;
using System.Text.Json.Nodes;
using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Trials;

/// <summary>How the two sides come back from their editing programs.</summary>
/// <param name="Ids">The programs kept the metadata of the checkout.</param>
/// <param name="Shuffled">Ours comes with the keys of every object in another order.</param>
/// <param name="Rebased">Theirs has the media in another folder.</param>
/// <param name="Format">What all of them are.</param>
/// <param name="Indented">Laid out in lines, for programs that merge lines.</param>
sealed record Export(bool Ids, bool Shuffled, bool Rebased, FileFormat Format, bool Indented)
{
    const string OtherFolder = "file:///Volumes/BAY2/";

    /// <summary>Every other pair is a plain export without ids, one in four has its keys shuffled.</summary>
    public static Export Of(int number, PairClass kind, bool indented) => kind.Reel.Format == FileFormat.Otio
        ? new(number % 2 == 0, number % 8 is 3 or 4, kind.Rebased, FileFormat.Otio, indented)
        : new(false, false, false, kind.Reel.Format, indented);

    public Layout Layout(bool rebased = false, bool absolute = false) => new(Ids, absolute, rebased && Rebased ? OtherFolder : "file:///", Indented);

    public override string ToString() =>
        Format != FileFormat.Otio ? $"as {Format}" : $"{(Ids ? "with" : "without")} ids{(Shuffled ? ", ours with shuffled keys" : "")}{(Rebased ? ", theirs from another folder" : "")}";
}

/// <summary>The files of one pair.</summary>
sealed record PairFiles(string Folder, int Number, Export Export)
{
    static readonly JsonSerializerOptions Lines = new() { WriteIndented = true, IndentSize = 4 };

    public string Base => In("base");
    public string Ours => In("ours");
    public string Theirs => In("theirs");
    public string Out => In("out");

    /// <summary>The merge with the sides changed over.</summary>
    public string Back => In("back");

    public string Story => Path.Combine(Folder, "story.txt");

    public string In(string name) => Path.Combine(Folder, name + Export.Format.Extension());

    public static PairFiles Write(string folder, int number, Export export, Drawn pair)
    {
        var files = new PairFiles(Directory.CreateDirectory(folder).FullName, number, export);
        File.WriteAllBytes(files.Base, files.Bytes(pair.Base));
        File.WriteAllBytes(files.Ours, export.Shuffled ? files.Shuffle(files.Bytes(pair.Ours), new Random(number)) : files.Bytes(pair.Ours));
        File.WriteAllBytes(files.Theirs, files.Bytes(pair.Theirs, rebased: true));
        File.WriteAllText(files.Story, pair.Story);
        return files;
    }

    /// <summary>What has to come out, as it would be in a file.</summary>
    public Sentence Sentence(Drawn pair) =>
        new([.. pair.Expected.Select(e => SeenCut.Read(Out, Bytes(e), Export.Rebased))], pair.MayAsk, Export.Rebased);

    /// <summary>For the people who look at a pair that failed.</summary>
    public void WriteExpected(Drawn pair)
    {
        for (var i = 0; i < pair.Expected.Count; i++) File.WriteAllBytes(In(i == 0 ? "expected" : $"expected-{i}"), Bytes(pair.Expected[i]));
    }

    byte[] Bytes(Cut cut, bool rebased = false) => Export.Format.Write(cut, Export.Layout(rebased));

    /// <summary>The same JSON with the keys of every object in another order.</summary>
    byte[] Shuffle(byte[] text, Random random) =>
        JsonSerializer.SerializeToUtf8Bytes(Shuffled(JsonNode.Parse(text), random), Export.Indented ? Lines : JsonSerializerOptions.Default);

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
