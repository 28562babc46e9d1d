using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Domain;

/// <summary>What a learner takes home (证书). Whose it is stays out of it: anybody may check a number.</summary>
internal sealed class Credential
{
    private Credential()
    {
    }

    public Guid Id { get; private set; }
    /// <summary>Given once.</summary>
    public string Number { get; private set; } = "";
    public string Kind { get; private set; } = "";
    public Guid ClassId { get; private set; }
    public Guid RequestId { get; private set; }
    public string InstitutionCode { get; private set; } = "";
    public string DistrictCode { get; private set; } = "";
    public string CourseCode { get; private set; } = "";
    public string CourseName { get; private set; } = "";
    public string CourseNameEn { get; private set; } = "";
    public DateOnly IssuedOn { get; private set; }
    public DateOnly? RevokedOn { get; private set; }
    public string? RevokedFor { get; private set; }
    public int Version { get; private set; } = 1;

    public static Credential Issue(Guid id, string number, TrainingClass of, Guid requestId, DateOnly on) => new()
    {
        Id = id,
        Number = number,
        Kind = of.Credential,
        ClassId = of.Id,
        RequestId = requestId,
        InstitutionCode = of.InstitutionCode,
        DistrictCode = of.DistrictCode,
        CourseCode = of.CourseCode,
        CourseName = of.CourseName,
        CourseNameEn = of.CourseNameEn,
        IssuedOn = on,
    };

    public Refusal? Revoke(string reason, DateOnly on)
    {
        if (RevokedOn is not null)
        {
            return CredentialRefusals.Revoked;
        }

        (RevokedOn, RevokedFor) = (on, reason);
        Version++;
        return null;
    }
}

/// <summary>The last serial number that was given in a year.</summary>
internal sealed class CredentialSerial
{
    public required int Year { get; init; }
    public int Last { get; private set; }
    public int Version { get; private set; }

    public int Next()
    {
        Version++;
        return ++Last;
    }
}

internal static class CredentialRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("credential-not-found", "没有查到这个证书编号。", "No credential has this number.");
    public static readonly Refusal NumberInvalid = new("credential-number-invalid", "证书编号不对，请对照证书逐位核对。", "This number cannot be right; please compare it with the credential character by character.", StatusCodes.Status400BadRequest);
    public static readonly Refusal Revoked = new("credential-already-revoked", "这张证书已经撤销。", "This credential is revoked already.");
}
