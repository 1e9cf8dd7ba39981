using Rule = System.Func<CineGit.Architecture.Tests.Repository, System.Collections.Generic.IEnumerable<string>>;

namespace CineGit.Architecture.Tests;

/// <summary>Every rule holds on the working tree, and every rule is seen to fail on a file that breaks it.</summary>
public sealed class RepositoryRules
{
    static readonly Dictionary<string, (Rule Rule, Repository Broken)> Rules = new()
    {
        ["projects depend downwards"] = (
            ProjectRules.References,
            Repository.Of(("timeline/CineGit.Timeline.csproj", """<Project><ProjectReference Include="../hub/CineGit.Hub.csproj" /></Project>"""))),
        ["the pure core takes no package"] = (
            ProjectRules.PurePackages,
            Repository.Of(("timeline/CineGit.Timeline.csproj", """<Project><PackageReference Include="Dapper" /></Project>"""))),
        ["package versions are central"] = (
            ProjectRules.PackageVersions,
            Repository.Of(("hub/CineGit.Hub.csproj", """<Project><PackageReference Include="Dapper" Version="2.0.0" /></Project>"""))),
        ["files are short"] = (CodeRules.FileLength, Repository.Of(("hub/Long.cs", new string('\n', 401)))),
        ["methods are short"] = (
            CodeRules.MethodLength,
            Repository.Of(("hub/Long.cs", $"class Long {{ void Run() {{ {new string('\n', 61)} }} }}"))),
        ["types are nouns of the field"] = (CodeRules.TypeNames, Repository.Of(("hub/CutManager.cs", "sealed class CutManager;"))),
        ["interfaces stand at seams"] = (CodeRules.Interfaces, Repository.Of(("hub/ICutStore.cs", "interface ICutStore;"))),
        ["the compiler is not silenced"] = (
            CodeRules.NullForgiving,
            Repository.Of(("hub/A.cs", "class A { string B(string? c) => c!; }"))),
        ["timeline time is never floating point"] = (
            CodeRules.FloatingPointTime,
            Repository.Of(("timeline/Merge/A.cs", "class A { double seconds; }"))),
        ["the pure core does no input or output"] = (
            CodeRules.PureCore,
            Repository.Of(("timeline/Otio/A.cs", "class A { string B() => File.ReadAllText(\"c\"); }"))),
        ["programs are started in two places"] = (
            CodeRules.Processes,
            Repository.Of(("hub/Features/A.cs", "class A { void B() => Process.Start(\"c\"); }"))),
        ["nothing is left unfinished"] = (
            CodeRules.UnfinishedWork,
            Repository.Of(("hub/A.cs", "class A { void B() => throw new NotImplementedException(); }"))),
        ["every route has a policy"] = (
            HubRules.RoutePolicies,
            Repository.Of(("hub/Features/Cuts/CutEndpoints.cs", "static class CutEndpoints { static void Map(App app) => app.MapGet(\"/\", Get); }"))),
        ["every table has an owner"] = (
            HubRules.TableOwners,
            Repository.Of(
                ("hub/README.md", "| `cuts` | Versions |"),
                ("hub/Platform/Database/Migrations/0001_a.sql", "create table cuts (); create table orphans ();"))),
        ["features write their own tables"] = (
            HubRules.ForeignWrites,
            Repository.Of(
                ("hub/README.md", "| `cuts` | Versions |"),
                ("hub/Features/Projects/ProjectStore.cs", "class A { const string Sql = \"insert into cuts values (1)\"; }"))),
        ["SQL lives in stores"] = (
            HubRules.SqlPlaces,
            Repository.Of(("hub/Features/Cuts/CutEndpoints.cs", "using Dapper;\nstatic class CutEndpoints;"))),
        ["every corpus case is described"] = (
            CorpusRules.DescribedCases,
            Repository.Of(("tests/corpus/edl/a-case/input.edl", ""))),
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_working_tree_keeps_the_rule(string rule)
    {
        var broken = Rules[rule].Rule(Repository.WorkingTree).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_breaks_the_rule_is_found(string rule)
    {
        var (check, broken) = Rules[rule];
        Assert.NotEmpty(check(broken));
    }

    [Fact]
    public void The_working_tree_was_found()
    {
        Assert.True(Repository.WorkingTree.Product.Count() > 30);
        Assert.NotEmpty(Repository.WorkingTree.Projects);
    }
}
