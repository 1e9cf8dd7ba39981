using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>Four editors on one film. Each works on the head as it was when they last took it, and gives back when it suits.</summary>
static class Histories
{
    const int Editors = 4;
    const int Merges = 50;

    /// <summary>What an editor has.</summary>
    /// <param name="Line">The merge it came out of; null for the beginning.</param>
    /// <param name="Cut">What is in it.</param>
    /// <param name="Since">What the others gave back since then.</param>
    sealed record Copy(int? Line, Cut Cut, List<Edit> Since);

    public static Chain? Make(Random random, int clips, bool ids)
    {
        var start = BaseCut.Of(random, clips, new());
        var (head, line) = (start, (int?)null);
        var copies = Enumerable.Range(0, Editors).Select(_ => new Copy(null, start, [])).ToArray();
        Hand[] hands = [.. Enumerable.Range(0, Editors).Select(i => new Hand(random, (Maker)((int)Maker.Many + i)))];
        List<Cut> branches = [];
        List<ChainLine> lines = [];
        var story = "";
        for (var tries = 0; lines.Count < Merges && tries < Merges * 10; tries++)
        {
            var editor = random.Next(Editors);
            var copy = copies[editor];
            if (Turn(hands[editor], copy, head, random) is not var (edits, branch, next)) continue;
            story += $"{lines.Count}: editor {editor} from {copy.Line}\n{PairClass.Lines(copy.Cut, edits)}";
            branches.Add(branch);
            lines.Add(new(copy.Line, line, null, branches.Count - 1, next));
            (head, line) = (next, lines.Count - 1);
            foreach (var other in copies) other.Since.AddRange(edits);
            copies[editor] = new(line, head, []);
        }

        return lines.Count < Merges ? null : new(start, branches, lines, [], story);
    }

    /// <summary>The editor's work, the copy with it, and the head with it; null when it does not keep apart from the others'.</summary>
    static (IReadOnlyList<Edit> Edits, Cut Branch, Cut Head)? Turn(Hand hand, Copy copy, Cut head, Random random)
    {
        var edits = hand.Session(copy.Cut, random.Next(1, 5), 0, copy.Cut.Picture.Shots.Count, Footprint.Of(copy.Cut, copy.Since), Footprint.OfTwins(copy.Cut), Footprint.OfTwins(head));
        if (edits.Count == 0 || Pair.After(copy.Cut, [.. edits]) is not { } branch || Pair.After(head, [.. edits]) is not { } next) return null;
        return Pair.After(branch, [.. copy.Since]) is { } back && OtioText.AreAlike(next, back) ? (edits, branch, next) : null;
    }
}
