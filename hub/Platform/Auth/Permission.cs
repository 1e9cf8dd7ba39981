using System.Collections.Frozen;

namespace CineGit.Hub.Platform.Auth;

/// <summary>One thing that somebody may do. <see cref="PermissionTable"/> has its name, where it holds and who has it.</summary>
public enum Permission
{
    OrganizationRead,
    MemberRead,
    MemberInvite,
    MemberManage,
    RoleManage,
    AgentManage,
    ProjectCreate,
    ProjectEnter,
    ProjectEnterRestricted,
    ProjectRead,
    ProjectManage,
    BranchCreate,
    BranchProtect,
    VersionPush,
    VersionFetch,
    CutRequestCreate,
    CutRequestAnswer,
    CutRequestMerge,
    CutRequestClose,
    CutRequestApprove,
    CheckRun,
    CheckReport,
    TagCreate,
    TagManage,
    CommentWrite,
    GuestInvite,
}

/// <summary>Where a permission is asked for: on the organization's routes, or on those of one of its projects.</summary>
public enum PermissionReach
{
    Organization,
    Project,
}

/// <summary>Permissions of which somebody has some; at most 64 exist.</summary>
public readonly record struct PermissionSet(ulong Bits)
{
    public IEnumerable<string> Names
    {
        get
        {
            var set = this;
            return PermissionTable.All.Where(set.Contains).Select(PermissionTable.NameOf).Order(StringComparer.Ordinal);
        }
    }

    public static PermissionSet Of(params ReadOnlySpan<Permission> permissions)
    {
        var bits = 0UL;
        foreach (var permission in permissions) bits |= 1UL << (int)permission;
        return new PermissionSet(bits);
    }

    /// <summary>Names that no permission has give nothing: a role may have been written by a newer hub.</summary>
    public static PermissionSet Named(IEnumerable<string> names) =>
        Of([.. names.Select(PermissionTable.Find).OfType<Permission>()]);

    /// <summary>The stored form, which <see cref="ToString"/> writes: names apart by spaces.</summary>
    public static PermissionSet Parse(string stored) => Named(stored.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public override string ToString() => string.Join(' ', Names);

    public bool Contains(Permission permission) => (Bits & (1UL << (int)permission)) != 0;

    public bool Contains(PermissionSet other) => (other.Bits & ~Bits) == 0;

    public PermissionSet And(PermissionSet other) => new(Bits & other.Bits);

    public PermissionSet Or(PermissionSet other) => new(Bits | other.Bits);

    public PermissionSet Without(PermissionSet other) => new(Bits & ~other.Bits);
}

/// <summary>The one place that says which permissions there are, where each is asked for, and which built-in role has which.</summary>
public static class PermissionTable
{
    static readonly FrozenDictionary<Permission, Row> Rows = new Row[]
    {
        new(Permission.OrganizationRead, "organization.read", PermissionReach.Organization),
        new(Permission.MemberRead, "member.read", PermissionReach.Organization),
        new(Permission.MemberInvite, "member.invite", PermissionReach.Organization),
        new(Permission.MemberManage, "member.manage", PermissionReach.Organization),
        new(Permission.RoleManage, "role.manage", PermissionReach.Organization),
        new(Permission.AgentManage, "agent.manage", PermissionReach.Organization),
        new(Permission.ProjectCreate, "project.create", PermissionReach.Organization),
        // No route asks for these two: they carry the role over into projects that its holder is no member of.
        new(Permission.ProjectEnter, "project.enter", PermissionReach.Organization),
        new(Permission.ProjectEnterRestricted, "project.enterRestricted", PermissionReach.Organization),
        new(Permission.ProjectRead, "project.read", PermissionReach.Project),
        new(Permission.ProjectManage, "project.manage", PermissionReach.Project),
        new(Permission.BranchCreate, "branch.create", PermissionReach.Project),
        new(Permission.BranchProtect, "branch.protect", PermissionReach.Project),
        new(Permission.VersionPush, "version.push", PermissionReach.Project),
        // Whole cuts and files leave the hub; looking at them in the web view is project.read.
        new(Permission.VersionFetch, "version.fetch", PermissionReach.Project),
        new(Permission.CutRequestCreate, "cutRequest.create", PermissionReach.Project),
        new(Permission.CutRequestAnswer, "cutRequest.answer", PermissionReach.Project),
        new(Permission.CutRequestMerge, "cutRequest.merge", PermissionReach.Project),
        new(Permission.CutRequestClose, "cutRequest.close", PermissionReach.Project),
        new(Permission.CutRequestApprove, "cutRequest.approve", PermissionReach.Project),
        new(Permission.CheckRun, "check.run", PermissionReach.Project),
        // Whoever has it decides whether a required check has passed: for tokens of other systems.
        new(Permission.CheckReport, "check.report", PermissionReach.Project),
        new(Permission.TagCreate, "tag.create", PermissionReach.Project),
        // Tags stay where they are for everybody else.
        new(Permission.TagManage, "tag.manage", PermissionReach.Project),
        new(Permission.CommentWrite, "comment.write", PermissionReach.Project),
        new(Permission.GuestInvite, "guest.invite", PermissionReach.Project),
    }.ToFrozenDictionary(row => row.Permission);

    static readonly FrozenDictionary<string, Permission> Named =
        Rows.Values.ToFrozenDictionary(row => row.Name, row => row.Permission, StringComparer.Ordinal);

    static readonly PermissionSet Guest = PermissionSet.Of(Permission.OrganizationRead, Permission.ProjectRead, Permission.CommentWrite);

    static readonly PermissionSet Reviewer = Guest.Or(PermissionSet.Of(Permission.ProjectEnter, Permission.MemberRead, Permission.CutRequestApprove));

    static readonly PermissionSet Editor = Reviewer.Or(PermissionSet.Of(
        Permission.ProjectCreate, Permission.BranchCreate, Permission.VersionPush, Permission.VersionFetch,
        Permission.CutRequestCreate, Permission.CutRequestAnswer, Permission.CutRequestMerge, Permission.CutRequestClose, Permission.CheckRun, Permission.TagCreate));

    static readonly PermissionSet Producer = Editor.Or(PermissionSet.Of(
        Permission.MemberInvite, Permission.ProjectManage, Permission.BranchProtect, Permission.CheckReport, Permission.TagManage, Permission.GuestInvite));

    static readonly FrozenDictionary<string, PermissionSet> Roles = new Dictionary<string, PermissionSet>(StringComparer.Ordinal)
    {
        [Auth.Roles.Admin] = PermissionSet.Of(Enum.GetValues<Permission>()),
        [Auth.Roles.Producer] = Producer,
        [Auth.Roles.Editor] = Editor,
        [Auth.Roles.Reviewer] = Reviewer,
        [Auth.Roles.Guest] = Guest,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<Permission> All => Rows.Keys;

    public static IEnumerable<string> BuiltInRoles => Roles.Keys;

    public static string NameOf(Permission permission) => Rows[permission].Name;

    public static PermissionReach ReachOf(Permission permission) => Rows[permission].Reach;

    public static Permission? Find(string name) => Named.TryGetValue(name, out var permission) ? permission : null;

    /// <summary>What a built-in role may do; null for an organization's own role.</summary>
    public static PermissionSet? OfRole(string role) => Roles.TryGetValue(role, out var set) ? set : null;

    sealed record Row(Permission Permission, string Name, PermissionReach Reach);
}
