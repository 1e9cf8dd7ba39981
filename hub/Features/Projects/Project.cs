using CineGit.Contracts.Hub;

namespace CineGit.Hub.Features.Projects;

public sealed record Project(Guid Id, string Slug, string Name, DateTimeOffset CreatedAt)
{
    public ProjectResponse ToResponse(int branches, int openCutRequests) =>
        new(Id, Slug, Name, CreatedAt, branches, openCutRequests);
}
