using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance.Tests;

public sealed class CredentialNumberTests
{
    [Theory]
    [InlineData("A12425GABC1234002", 'M')]   // the worked example of the GRid standard, which uses ISO 7064 MOD 37,36
    [InlineData("A1-2425G-ABC1234002", 'M')]
    public void The_check_character_is_that_of_the_standard(string body, char check) => Assert.Equal(check, CredentialNumber.CheckCharacter(body));

    [Fact]
    public void Every_single_wrong_character_and_every_swap_of_neighbours_is_found()
    {
        var number = CredentialNumber.Of(2026, 1234567);
        var missed = new List<string>();
        for (var i = 3; i < number.Length; i++)
        {
            foreach (var other in "0123456789".Where(o => char.IsAsciiDigit(number[i]) && o != number[i]))
            {
                Try(number[..i] + other + number[(i + 1)..]);
            }

            if (i + 1 < number.Length && number[i] != number[i + 1] && number[i] != '-' && number[i + 1] != '-')
            {
                Try(number[..i] + number[i + 1] + number[i] + number[(i + 2)..]);
            }
        }

        Assert.Empty(missed);
        Assert.True(CredentialNumber.TryRead(" " + number.ToLowerInvariant(), out var read));
        Assert.Equal(number, read);

        void Try(string wrong)
        {
            if (CredentialNumber.TryRead(wrong, out _))
            {
                missed.Add(wrong);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("GZ-2026-1-A")]
    [InlineData("SZ-2026-0000001-A")]
    [InlineData("GZ20260000001A")]
    public void What_has_another_form_is_no_number(string text) => Assert.False(CredentialNumber.TryRead(text, out _));

    [Fact]
    public void A_credential_is_revoked_once()
    {
        var offer = InstitutionOfferTests.Offer();
        var course = new CourseCopy { Code = Scene.Level };
        var c = TrainingClass.Plan(Guid.CreateVersion7(), offer, course, offer.Learners, RunningService.Start);
        var credential = Credential.Issue(Guid.CreateVersion7(), CredentialNumber.Of(2026, 1), c, offer.Learners[0].RequestId, new DateOnly(2026, 3, 2));

        Assert.Null(credential.Revoke("造假", new DateOnly(2026, 3, 3)));
        Assert.Equal("credential-already-revoked", credential.Revoke("又一次", new DateOnly(2026, 3, 4))?.Code);
        Assert.Equal((new DateOnly(2026, 3, 3), 2), (credential.RevokedOn, credential.Version));
    }
}
