using SkillStation.Portal.Clients;

namespace SkillStation.Portal.Session;

/// <summary>How somebody proves who they are.</summary>
internal interface ISignIn
{
    /// <summary>Sends a code to a phone; the same answer whether or not the number is known.</summary>
    Task<Answer> SendCode(string phone, CancellationToken ct);

    Task<Answer<SignedIn>> WithCode(string phone, string code, CancellationToken ct);

    Task<Answer<SignedIn>> WithPassword(string name, string password, string? totp, CancellationToken ct);

    Task<Answer<SignedIn>> Refresh(string refreshToken, CancellationToken ct);
}
