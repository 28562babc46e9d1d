namespace SkillStation.Portal.Session;

/// <summary>Who looks at the page. The services decide what they may see; this is for showing the right page and greeting them.</summary>
public sealed class Visitor
{
    public static readonly Visitor Nobody = new();

    /// <summary>Null for those who are not logged in.</summary>
    public string? AccountId { get; init; }

    public string Name { get; init; } = "";

    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>For the services; never leaves the server.</summary>
    internal string? AccessToken { get; init; }

    /// <summary>Tells sessions apart without saying which number the browser holds.</summary>
    internal string? SessionKey { get; init; }

    public bool IsSignedIn => AccountId is not null;

    /// <summary>The resident that this visitor is; null for all others.</summary>
    public Guid? ResidentId => Grants.FirstOrDefault(g => g is { Role: Roles.Resident, Kind: "self" }) is { } own && Guid.TryParse(own.Place, out var id) ? id : null;

    public bool Has(params ReadOnlySpan<string> roles)
    {
        foreach (var grant in Grants)
        {
            if (roles.Contains(grant.Role))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The stations, institutions, districts or cities that somebody works for.</summary>
    public IReadOnlyList<string> Places(string kind) => [.. Grants.Where(g => g.Kind == kind).Select(g => g.Place).Distinct()];

    /// <summary>Where a person's day begins.</summary>
    public string Home =>
        Has(Roles.Administrator) ? "/admin"
        : Has(Roles.CityBureau, Roles.DistrictBureau, Roles.Auditor) ? "/bureau"
        : Has(Roles.StationStaff, Roles.StationLead) ? "/station/board"
        : Has(Roles.InstitutionManager, Roles.Teacher, Roles.Assessor) ? "/provider"
        : "/my/requests";
}

/// <summary>Whom a page is for. Without roles: anybody. Every page says it; a test looks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAttribute(params string[] roles) : Attribute
{
    public IReadOnlyList<string> Roles { get; } = roles;

    public bool Admits(Visitor visitor) => Roles.Count == 0 || visitor.Has([.. Roles]);
}
