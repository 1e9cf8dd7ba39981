using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CineGit.Architecture.Tests;

/// <summary>Sizes, names and forbidden constructs.</summary>
public static class CodeRules
{
    const int MaxFileLines = 400;
    const int MaxMethodLines = 60;

    static readonly string[] BannedSuffixes =
        ["Manager", "Helper", "Helpers", "Utils", "Util", "Service", "Processor", "Data", "Info", "Dto", "Impl"];

    /// <summary>Interfaces exist where there are two real implementations, or a process edge.</summary>
    static readonly string[] Seams = ["ITimelineFormat", "IPackStore", "ITestedPackStore", "IJobHandler", "INleBridge", "IHubConnection"];

    static readonly string[] InputOutput = ["File", "Directory", "Environment", "Console", "HttpClient", "FileStream", "Socket"];

    public static IEnumerable<string> FileLength(Repository repository) =>
        from file in repository.Written
        let lines = file.Text.AsSpan().Count('\n')
        where lines > MaxFileLines
        select $"{file.Path}: {lines} lines, at most {MaxFileLines}";

    public static IEnumerable<string> MethodLength(Repository repository) =>
        from file in repository.CSharp
        from body in file.Syntax.DescendantNodes().Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
        let span = body.SyntaxTree.GetLineSpan(body.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MaxMethodLines
        select $"{file.Path}:{SourceFile.LineOf(body)}: a method of {lines} lines, at most {MaxMethodLines}";

    public static IEnumerable<string> TypeNames(Repository repository) =>
        from file in repository.CSharp
        from type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.ValueText
        let suffix = BannedSuffixes.FirstOrDefault(s => name.EndsWith(s, StringComparison.Ordinal))
        where suffix is not null
        select $"{file.Path}:{SourceFile.LineOf(type)}: {name} ends in {suffix}; name the noun";

    public static IEnumerable<string> Interfaces(Repository repository) =>
        from file in repository.CSharp
        from type in file.Syntax.DescendantNodes().OfType<InterfaceDeclarationSyntax>()
        where !Seams.Contains(type.Identifier.ValueText)
        select $"{file.Path}:{SourceFile.LineOf(type)}: interface {type.Identifier.ValueText} is not one of the seams";

    public static IEnumerable<string> NullForgiving(Repository repository) =>
        from file in repository.Product
        from use in file.Syntax.DescendantNodes().Where(n => n.IsKind(SyntaxKind.SuppressNullableWarningExpression))
        select $"{file.Path}:{SourceFile.LineOf(use)}: '{use}' silences the compiler with '!'";

    public static IEnumerable<string> FloatingPointTime(Repository repository) =>
        from file in repository.Product
        where file.IsUnder("timeline/Model") || file.IsUnder("timeline/Diff") || file.IsUnder("timeline/Merge")
        from type in file.Syntax.DescendantNodes().OfType<PredefinedTypeSyntax>()
        where type.Keyword.IsKind(SyntaxKind.DoubleKeyword) || type.Keyword.IsKind(SyntaxKind.FloatKeyword)
        select $"{file.Path}:{SourceFile.LineOf(type)}: floating point in the cut; time is Flicks";

    public static IEnumerable<string> PureCore(Repository repository) =>
        from file in repository.Product
        where file.IsUnder("timeline") || file.IsUnder("contracts") || file.IsUnder("interchange")
        from access in file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.Expression is IdentifierNameSyntax name && InputOutput.Contains(name.Identifier.ValueText)
        select $"{file.Path}:{SourceFile.LineOf(access)}: {access} is input or output in the pure core";

    /// <summary>Two files may start programs: the agent's tool runner and the hub's private PostgreSQL.</summary>
    public static IEnumerable<string> Processes(Repository repository) =>
        from file in repository.Product
        where !file.IsUnder("agent/Platform/Tools") && !file.IsUnder("hub/Platform/Database/Embedded")
        from name in file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
        where name.Identifier.ValueText == "ProcessStartInfo"
            || (name.Identifier.ValueText == "Process" && name.Parent is MemberAccessExpressionSyntax access && access.Expression == name)
        select $"{file.Path}:{SourceFile.LineOf(name)}: programs are started by agent/Platform/Tools and hub/Platform/Database/Embedded alone";

    public static IEnumerable<string> UnfinishedWork(Repository repository) =>
        from file in repository.Product
        from name in file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
        where name.Identifier.ValueText == "NotImplementedException"
        select $"{file.Path}:{SourceFile.LineOf(name)}: unfinished";
}
