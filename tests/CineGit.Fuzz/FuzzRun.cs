namespace CineGit.Fuzz;

/// <summary>An input that must be looked at.</summary>
/// <param name="Case">With the run's seed it makes the input again.</param>
/// <param name="Kind">Equal for failures that are probably one.</param>
public sealed record FuzzFailure(int Case, FuzzSeed Seed, byte[] Input, string Kind, string Details);

/// <param name="Inputs">How many were tried.</param>
/// <param name="Read">How often a reader read one.</param>
/// <param name="Refused">How often a reader refused one.</param>
/// <param name="Merged">How many went all the way to a merge.</param>
/// <param name="Worst">The most CPU time that one took.</param>
public sealed record FuzzOutcome(int Inputs, int Read, int Refused, int Merged, TimeSpan Worst, IReadOnlyList<FuzzFailure> Failures);

/// <summary>Damages seeds and tries what came of it. Case N of a seed is the same on every machine.</summary>
public sealed class FuzzRun(IReadOnlyList<FuzzSeed> seeds, int randomSeed, TimeSpan mostTime)
{
    const int ThoroughEvery = 16;

    /// <summary>Threads of .NET programs may have no more than this (Windows, musl).</summary>
    const int SmallStack = 1 << 20;

    /// <summary>So many failures are enough to look at.</summary>
    const int MostFailures = 200;

    volatile int _running;

    /// <summary>Called before each case, which may take the process with it.</summary>
    public Action<int, byte[]> Starting { get; init; } = (_, _) => { };

    /// <summary>What is done to each input instead of a <see cref="Trial"/>.</summary>
    public Action<FuzzSeed, byte[], bool>? TryOut { get; init; }

    /// <summary>An input that takes twice this long by the clock is given up, and the run with it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60L);

    public FuzzOutcome Run(int first, int count)
    {
        FuzzOutcome? outcome = null;
        _running = first;
        var thread = new Thread(() => outcome = RunHere(first, count), SmallStack) { IsBackground = true };
        thread.Start();
        for (var before = -1; !thread.Join(Patience); before = _running)
        {
            if (_running == before) return Stuck(first);
        }

        return outcome ?? throw new InvalidOperationException("The run ended without an outcome.");
    }

    FuzzOutcome Stuck(int first)
    {
        var number = _running;
        var (seed, input) = Make(number);
        return new(number - first + 1, 0, 0, 0, Patience * 2, [new(number, seed, input, "does not end", "One input did not end; the run was given up.")]);
    }

    FuzzOutcome RunHere(int first, int count)
    {
        var gauge = new Gauge(mostTime);
        var trial = new Trial(gauge);
        var tryOut = TryOut ?? trial.Run;
        var failures = new List<FuzzFailure>();
        var tried = 0;
        for (; tried < count && failures.Count < MostFailures; tried++)
        {
            var number = first + tried;
            var (seed, input) = Make(number);
            _running = number;
            Starting(number, input);
            if (Failure(() => tryOut(seed, input, number % ThoroughEvery == 0)) is var (kind, details)) failures.Add(new(number, seed, input, kind, details));
            gauge.EndInput();
        }

        return new(tried, trial.Read, trial.Refused, trial.Merged, gauge.Worst, failures);
    }

    (FuzzSeed Seed, byte[] Input) Make(int number)
    {
        var random = new Random(unchecked(randomSeed * 486_187_739 + number));
        var seed = seeds[random.Next(seeds.Count)];
        return (seed, new Mutation(random, seeds).Of(seed));
    }

    static (string Kind, string Details)? Failure(Action trial)
    {
        try
        {
            trial();
            return null;
        }
        catch (FuzzFailureException failure)
        {
            return (new string([.. failure.Message.Split('\n', ':', '(')[0].Where(c => !char.IsDigit(c))]), failure.Message);
        }
        catch (Exception bug)
        {
            // Finding these is what this program is for.
            var place = bug.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("CineGit", StringComparison.Ordinal))?.Trim() ?? "";
            return ($"{bug.GetType().Name} {place}", bug.ToString());
        }
    }
}
