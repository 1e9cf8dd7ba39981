namespace CineGit.Fuzz;

/// <summary>What one step may cost, and what it did cost.</summary>
public sealed class Gauge(TimeSpan mostTime)
{
    const long MemoryPerByte = 40;
    const long FreeMemory = 64L << 20;

    public TimeSpan Worst { get; private set; }

    public TimeSpan Total { get; private set; }

    /// <exception cref="FuzzFailureException">It took too long, twice, or too much memory.</exception>
    public T Measure<T>(string step, long inputLength, Func<T> work)
    {
        var (result, time, allocated) = Once(work);
        // The first run of a piece of code pays for compiling it, and a busy neighbour for nothing of ours.
        if (time > mostTime && Once(work) is var again && again.Time > mostTime)
        {
            throw new FuzzFailureException($"{step} took {again.Time.TotalMilliseconds:F0} ms of CPU time for {inputLength:N0} bytes");
        }

        if (allocated > MemoryPerByte * inputLength + FreeMemory)
        {
            throw new FuzzFailureException($"{step} allocated {allocated:N0} bytes for {inputLength:N0}");
        }

        Total += time;
        return result;
    }

    static (T Result, TimeSpan Time, long Allocated) Once<T>(Func<T> work)
    {
        var (cpu, memory) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        var result = work();
        return (result, Environment.CpuUsage.TotalTime - cpu, GC.GetAllocatedBytesForCurrentThread() - memory);
    }

    public void EndInput()
    {
        if (Total > Worst) Worst = Total;
        Total = TimeSpan.Zero;
    }
}

/// <summary>Something that must hold did not.</summary>
public sealed class FuzzFailureException(string message) : Exception(message);
