using System.CommandLine;

namespace CineGit.Agent.Features.Cli;

/// <summary>The one-line form of a command: <c>cinegit convert IN OUT [--from F]</c>.</summary>
internal static class Usage
{
    public static string Of(Command command)
    {
        List<string> words = [Path(command)];
        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            words.Add(string.Join('|', command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)));
            return string.Join(' ', words);
        }

        words.AddRange(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name));
        words.AddRange(command.Options.Where(o => !o.Hidden && o.Name is not ("--help" or "--version")).Select(Of));
        return string.Join(' ', words);
    }

    static string Of(Option option)
    {
        var name = option.Aliases.FirstOrDefault() ?? option.Name;
        var word = option.Arity.MaximumNumberOfValues == 0 || option.HelpName is null ? name : $"{name} {option.HelpName}";
        return option.Required ? word : $"[{word}]";
    }

    static string Path(Command command)
    {
        var parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? "cinegit" : $"{Path(parent)} {command.Name}";
    }
}
