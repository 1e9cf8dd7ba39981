using System.Buffers;
using CineGit.Benchmarks.Storage;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks.Speed;

/// <summary>
/// A film and what two editors made of it, each on shots of his own; as the three files that hold it, and as the cuts read
/// from them. Nothing is shared between the cuts, and the hash of every node is known, as it is once a version was opened.
/// </summary>
sealed class EditedPair
{
    /// <summary>Neighbouring shots that one editor has for himself.</summary>
    const int Block = 4;

    EditedPair(int clips, int edits)
    {
        BaseFile = FileOf(Film.Generate(clips, new Random(clips)), null, 1);
        Base = Read(BaseFile);
        OurFile = FileOf(Edited(clips, edits, side: 0), Base, 2);
        TheirFile = FileOf(Edited(clips, edits, side: 1), Base, 3);
        (Ours, Theirs) = (Read(OurFile), Read(TheirFile));
        foreach (var cut in (Sequence[])[Base, Ours, Theirs]) _ = cut.Document.Root.Hash;
    }

    public byte[] BaseFile { get; }

    public byte[] OurFile { get; }

    public byte[] TheirFile { get; }

    public Sequence Base { get; }

    public Sequence Ours { get; }

    public Sequence Theirs { get; }

    /// <param name="clips">On all tracks.</param>
    /// <param name="edits">Of each editor.</param>
    public static EditedPair Of(int clips, int edits) => new(clips, edits);

    public static Sequence Read(byte[] file) => CutReader.Read(OtioReader.Read(file, new DiagnosticBag()), new DiagnosticBag());

    /// <summary>With an id on every part, as a version has it.</summary>
    static byte[] FileOf(Film film, Sequence? parent, ulong birth)
    {
        var cut = CutReader.Read(film.ToDocument(withIds: true), new DiagnosticBag());
        return Written(CutWriter.Write(ElementMatcher.Identify(cut, parent, new Birth(birth)).Sequence));
    }

    public static byte[] Written(OtioDocument document)
    {
        var sink = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, sink);
        return sink.WrittenSpan.ToArray();
    }

    static Film Edited(int clips, int edits, int side)
    {
        var film = Film.Generate(clips, new Random(clips));
        var random = new Random(edits + side);
        var shots = film.Tracks[0].Clips
            .Where((_, i) => i / Block % 2 == side && i % Block is 1 or 2)
            .Skip(Block).SkipLast(Block).ToArray();
        random.Shuffle(shots);
        film.BeginVersion((ulong)(1000 + side));
        foreach (var shot in shots.Take(edits)) FilmEdits.Apply(film, film.Tracks[0].Clips.IndexOf(shot), random);
        return film;
    }
}
