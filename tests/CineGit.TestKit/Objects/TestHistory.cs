using System.Globalization;
using System.Text;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.TestKit.Objects;

/// <summary>
/// Histories as films have them, the same for the same seed: edits to a cut of some hundred shots, merges of two branches,
/// cuts put back to what they were, and committed files that change a little each time.
/// </summary>
public static class TestHistory
{
    /// <returns>Parents before their children; the last one leads to all.</returns>
    public static IReadOnlyList<TestVersion> Of(int count, int seed, int shots = 240)
    {
        var random = new Random(seed);
        var versions = new List<TestVersion>();
        var cuts = new List<Cut>();
        Add([], First(random, shots));
        while (versions.Count < count)
        {
            var last = versions.Count - 1;
            var turn = versions.Count % 10;
            if (turn == 5 && last > 3)
            {
                // A branch of one version, off an earlier one, and its merge, which keeps an edit of each side.
                Add([last - 2], cuts[last - 2].Edited(random));
                Add([last, last + 1], cuts[last].Edited(random));
            }
            else if (turn == 8)
            {
                Add([last], cuts[last - 4]);
            }
            else
            {
                Add([last], cuts[last].Edited(random));
            }
        }

        return versions;

        void Add(int[] parents, Cut cut)
        {
            var number = versions.Count;
            var previous = parents.Length == 0 ? null : cuts[parents[0]].Sequence;
            var identified = cut.Sequence is null ? cut.Identified(previous, (ulong)number + 1) : cut;
            cuts.Add(identified);
            versions.Add(TestVersion.Of(
                CutWriter.Write(identified.Sequence ?? throw new InvalidOperationException("It was identified.")),
                parents.Length == 2 ? null : ("reel.xml", identified.File()),
                string.Create(CultureInfo.InvariantCulture, $"version {number}"),
                number,
                [.. parents.Select(parent => versions[parent])]));
        }
    }

    static Cut First(Random random, int shots) =>
        new([.. Enumerable.Range(0, shots).Select(i => Cuts.Shot($"SC{i:D3}", $"A{random.Next(1000):D3}", random.Next(500), random.Next(12, 200)))], null);

    /// <summary>The shots of one track of picture, and the cut they make once it has ids.</summary>
    sealed record Cut(IReadOnlyList<Shot> Shots, Sequence? Sequence)
    {
        public Cut Edited(Random random)
        {
            var shots = Shots.ToList();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(shots.Count);
                var shot = shots[at];
                switch (random.Next(4))
                {
                    case 0: shots.RemoveAt(at); break;
                    case 1: shots.Insert(at, Cuts.Shot($"NEW{random.Next(10_000)}", $"B{random.Next(1000):D3}", 0, random.Next(12, 200))); break;
                    case 2: shots[at] = shot with { Name = shot.Name + " ALT" }; break;
                    default: shots[at] = shot with { Frames = Math.Max(2, shot.Frames - random.Next(1, 10)) }; break;
                }
            }

            return new(shots, null);
        }

        public Cut Identified(Sequence? previous, ulong birth)
        {
            var built = Cuts.Sequence(24, "Reel").Video("V1", [.. Shots]).Build();
            return this with { Sequence = ElementMatcher.Identify(built, previous, new Birth(birth)).Sequence };
        }

        /// <summary>What a program would have saved.</summary>
        public byte[] File()
        {
            var text = new StringBuilder("<reel>\n");
            foreach (var shot in Shots) text.Append(CultureInfo.InvariantCulture, $"  <clip name=\"{shot.Name}\" media=\"{shot.Media}\" in=\"{shot.SourceStart}\" frames=\"{shot.Frames}\"/>\n");
            return Encoding.UTF8.GetBytes(text.Append("</reel>\n").ToString());
        }
    }
}
