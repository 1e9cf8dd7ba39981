using System.Collections.Immutable;
using CineGit.Hub.Platform.Database;
using CineGit.Timeline.Merge;
using Dapper;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Answers to conflicts, by the conflict's id; one that its conflict no longer needs stays and does nothing.</summary>
public static class AnswerStore
{
    public static async Task<ImmutableArray<Answer>> ListAsync(ProjectTransaction tx, int number, CancellationToken ct)
    {
        const string sql = """
            select conflict, choice, value, chosen_by_name
            from cut_request_resolutions
            where organization_id = @Organization and project_id = @Project and number = @number
            order by conflict
            """;
        var rows = await tx.Connection.QueryAsync<Row>(tx.Command(sql, new { tx.Organization, tx.Project, number }, ct));
        return [.. rows.Select(row => row.ToAnswer())];
    }

    public static Task PutAsync(
        ProjectTransaction tx, int number, Resolution answer, Guid by, string byName, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            insert into cut_request_resolutions (
                organization_id, project_id, number, conflict, choice, value, chosen_by, chosen_by_name, chosen_at)
            values (@Organization, @Project, @number, @conflict, @choice, @value, @by, @byName, @at)
            on conflict (organization_id, project_id, number, conflict) do update
            set choice = excluded.choice, value = excluded.value, chosen_by = excluded.chosen_by,
                chosen_by_name = excluded.chosen_by_name, chosen_at = excluded.chosen_at
            """;
        var (conflict, choice, value) = (answer.Conflict.Value, CutRequestRules.WordOf(answer.Choice), answer.Value);
        var parameters = new { tx.Organization, tx.Project, number, conflict, choice, value, by, byName, at };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    public static Task DeleteAsync(ProjectTransaction tx, int number, string conflict, CancellationToken ct)
    {
        const string sql = """
            delete from cut_request_resolutions
            where organization_id = @Organization and project_id = @Project and number = @number and conflict = @conflict
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, conflict }, ct));
    }

    sealed record Row(string Conflict, string Choice, string? Value, string ChosenByName)
    {
        public Answer ToAnswer() => new(
            Conflict,
            CutRequestRules.ChoiceOf(Choice) ?? throw new InvalidOperationException($"The choice '{Choice}' of conflict {Conflict} is unknown."),
            Value,
            ChosenByName);
    }
}
