namespace CineGit.TestKit.Running;

/// <summary>Campaigns are tests with more rounds: <c>./dev e2e</c> sets CINEGIT_LONG.</summary>
public static class LongRun
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("CINEGIT_LONG") == "1";

    public static int Rounds(int usual, int campaign) => IsAsked ? campaign : usual;
}
