using System.Collections.Concurrent;
using SkillStation.Platform.Http;
using SkillStation.Portal.Clients;

namespace SkillStation.Portal.Session;

/// <summary>Stands in for Identity until it is there: any phone with the code 000000, and one person of each role with the password "sample".</summary>
internal sealed class SamplePeople(TimeProvider clock) : ISignIn
{
    private const string Code = "000000";
    private const string Password = "sample";

    private static readonly Dictionary<string, (string Name, string Grant)> Staff = new(StringComparer.Ordinal)
    {
        ["station"] = ("陈婉婷", "station-staff@station:440106001-1"),
        ["lead"] = ("何志强", "station-lead@station:440106001-1"),
        ["institution"] = ("梁敏仪", "institution-manager@institution:YC-440106-001"),
        ["teacher"] = ("黄志明", "teacher@institution:YC-440106-001"),
        ["assessor"] = ("罗秀英", "assessor@institution:YC-440106-001"),
        ["district"] = ("周文辉", "district-bureau@district:440106"),
        ["city"] = ("林嘉慧", "city-bureau@city:440100"),
        ["auditor"] = ("郑国栋", "auditor@city:440100"),
        ["admin"] = ("管理员", "administrator@city:440100"),
    };

    private readonly ConcurrentDictionary<string, SignedIn> byToken = new();
    private readonly ConcurrentDictionary<string, Guid> byPhone = new();

    public Task<Answer> SendCode(string phone, CancellationToken ct) => Task.FromResult(Answer.Done);

    public Task<Answer<SignedIn>> WithCode(string phone, string code, CancellationToken ct) => Task.FromResult(code == Code
        ? SignedIn(byPhone.GetOrAdd(phone, _ => Guid.CreateVersion7(clock.GetUtcNow())).ToString(), "", id => $"resident@self:{id}")
        : Answer.No<SignedIn>(400, "code-wrong", Language.Pick("验证码不对，请再看一下短信。", "This code is not right; please look at the message again."), "code"));

    public Task<Answer<SignedIn>> WithPassword(string name, string password, string? totp, CancellationToken ct) => Task.FromResult(
        Staff.TryGetValue(name, out var person) && password == Password
            ? SignedIn(name, person.Name, _ => person.Grant)
            : Answer.No<SignedIn>(400, "sign-in-wrong", Language.Pick("账号或密码不对。", "The name or the password is not right.")));

    public Task<Answer<SignedIn>> Refresh(string refreshToken, CancellationToken ct) => Task.FromResult(
        byToken.TryRemove(refreshToken, out var who) ? SignedIn(who.AccountId, who.Name, _ => who.Grants[0]) : Answer.No<SignedIn>(400, "invalid_grant", ""));

    /// <summary>The resident behind a phone turned out to have another id.</summary>
    public void Remember(string phone, Guid residentId) => byPhone[phone] = residentId;

    private Answer<SignedIn> SignedIn(string account, string name, Func<string, string> grant)
    {
        var refresh = SessionStore.NewId();
        var who = new SignedIn(account, name, [grant(account)], "", clock.GetUtcNow().AddMinutes(5), refresh);
        byToken[refresh] = who;
        return Answer.Of(who);
    }
}
