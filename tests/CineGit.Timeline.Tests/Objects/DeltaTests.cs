using CineGit.Timeline.Objects;

namespace CineGit.Timeline.Tests.Objects;

public sealed class DeltaTests
{
    [Fact]
    public void A_difference_gives_back_its_target_whatever_the_two_are()
    {
        var random = new Random(1);
        for (var round = 0; round < 10_000; round++)
        {
            var source = Bytes(random, random.Next(0, 300), random.Next(1, 256));
            var target = round % 3 == 0 ? Bytes(random, random.Next(0, 300), random.Next(1, 256)) : Edited(source, random);
            Assert.Equal(target, Applied(source, Written(source, target)));
        }
    }

    [Fact]
    public void A_small_edit_in_a_large_object_costs_a_few_bytes()
    {
        var random = new Random(2);
        var source = Bytes(random, 100_000, 256);
        var target = source.ToList();
        target[500]++;
        target.InsertRange(40_000, new byte[] { 1, 2, 3, 4, 5 });
        target.RemoveRange(90_000, 12);
        var delta = Written(source, [.. target]);
        Assert.InRange(delta.Length, 10, 40);
        Assert.Equal(target, Applied(source, delta));
    }

    [Fact]
    public void A_damaged_difference_is_refused_and_never_reads_outside()
    {
        var random = new Random(3);
        var source = Bytes(random, 2_000, 40);
        var target = Edited(source, random);
        var delta = Written(source, target);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = (byte[])delta.Clone();
            for (var hits = random.Next(1, 4); hits > 0; hits--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) damaged = damaged[..random.Next(damaged.Length)];
            try
            {
                _ = Applied(source, damaged);
            }
            catch (CorruptObjectException)
            {
                // Refused, as it should be; a wrong result is found by its hash.
            }
        }
    }

    static byte[] Written(byte[] source, byte[] target)
    {
        var output = new ByteWriter(16);
        Delta.Write(source, target, output);
        return output.ToArray();
    }

    static byte[] Applied(byte[] source, byte[] delta)
    {
        var target = new byte[Delta.LengthOf(delta, 1_000_000)];
        Delta.Apply(source, delta, target);
        return target;
    }

    static byte[] Edited(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var edits = random.Next(0, 6); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count + 1);
            if (random.Next(2) == 0) bytes.InsertRange(at, Bytes(random, random.Next(0, 20), 256));
            else bytes.RemoveRange(at, Math.Min(random.Next(0, 20), bytes.Count - at));
        }

        return [.. bytes];
    }

    static byte[] Bytes(Random random, int count, int values) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(values))];
}
