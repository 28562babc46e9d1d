namespace SkillStation.Contracts.Acceptance;

/// <summary>A credential was issued; anybody may check its number.</summary>
public sealed record CredentialIssued
{
    public required Guid ClassId { get; init; }
    public required Guid RequestId { get; init; }
    public required string Number { get; init; }
    /// <summary>SkillLevelCertificate, SpecialAbilityCertificate, CompletionCertificate or AttendanceProof.</summary>
    public required string Kind { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public required DateTimeOffset At { get; init; }
}
