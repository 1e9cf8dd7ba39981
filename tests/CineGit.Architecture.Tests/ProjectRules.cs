using System.Xml.Linq;

namespace CineGit.Architecture.Tests;

/// <summary>Who may depend on whom, and on which packages.</summary>
public static class ProjectRules
{
    /// <summary>The whole graph: a project that is not listed may depend on nothing.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CineGit.Timeline"] = [],
        ["CineGit.Contracts"] = [],
        ["CineGit.Interchange"] = ["CineGit.Timeline"],
        ["CineGit.Hub"] = ["CineGit.Timeline", "CineGit.Interchange", "CineGit.Contracts"],
        ["CineGit.Agent"] = ["CineGit.Timeline", "CineGit.Interchange", "CineGit.Contracts"],
    };

    static readonly string[] PureProjects = ["CineGit.Timeline", "CineGit.Contracts", "CineGit.Interchange"];

    public static IEnumerable<string> References(Repository repository)
    {
        foreach (var project in repository.Projects.Where(p => !p.IsUnder("tests")))
        {
            var name = NameOf(project.Path);
            var allowed = Allowed.GetValueOrDefault(name, []);
            foreach (var reference in Includes(project, "ProjectReference").Select(NameOf).Where(r => !allowed.Contains(r)))
            {
                yield return $"{project.Path}: {name} must not depend on {reference}";
            }
        }
    }

    public static IEnumerable<string> PurePackages(Repository repository) =>
        from project in repository.Projects
        where PureProjects.Contains(NameOf(project.Path))
        from package in Includes(project, "PackageReference")
        select $"{project.Path}: the pure core takes no package, but names {package}";

    public static IEnumerable<string> PackageVersions(Repository repository) =>
        from project in repository.Projects
        from reference in XDocument.Parse(project.Text).Descendants("PackageReference")
        where reference.Attribute("Version") is not null
        select $"{project.Path}: {reference.Attribute("Include")?.Value} has its own version; versions live in Directory.Packages.props";

    static IEnumerable<string> Includes(SourceFile project, string element) =>
        XDocument.Parse(project.Text).Descendants(element).Select(e => e.Attribute("Include")?.Value ?? "");

    static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
