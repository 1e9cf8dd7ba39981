namespace CineGit.Hub.Platform.Auth;

public static class PersonalToken
{
    /// <summary>Tells what it is to a person, and to a scanner that finds it where it should not be.</summary>
    const string Prefix = "cinegit_pat_";

    public static string Create() => Prefix + Secret.Create();

    public static bool IsOne(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);
}
