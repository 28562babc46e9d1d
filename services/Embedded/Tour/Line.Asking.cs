namespace SkillStation.Embedded.Tour;

// 点单: residents ask, requests are pooled, a pool fills.
public sealed partial class Line
{
    private const int Threshold = 15;
    private static readonly string[] Names =
    [
        "陈秀英", "黄志强", "李小燕", "梁伟明", "何桂芳", "张建国", "吴丽珍", "林志豪", "周玉兰", "罗国荣",
        "冯少芬", "谢永康", "邓慧娟", "曾庆华", "彭婉仪", "苏家辉", "卢美玲", "蔡文彬", "潘洁仪", "杜振东",
        "叶淑贤", "袁耀祖", "方雪梅", "江海涛", "关咏诗", "莫炳坤", "许燕珊", "郑伯安", "麦嘉欣", "容国樑",
    ];

    private async Task Ask()
    {
        story.Chapter("居民点单", "Residents ask");
        var stations = (await Services.Get(services.Dispatch, $"stations?district={DistrictCode}&size=20")).List().Select(s => s.Text("code")).ToList();

        await story.Progress("三十位居民想学养老护理员（初级）", "Thirty residents ask for elderly care, basic level", Names.Length, async step =>
        {
            for (var i = 0; i < Names.Length; i++)
            {
                // most look for work, some want promotion, the last three ask for their own family and get no follow-up
                var goal = i >= 27 ? "Life" : i % 9 == 8 ? "Promotion" : "FindJob";
                carers.Add(await Submit(Names[i], i, CourseCode, i == 0 ? station : stations[i % stations.Count], goal));
                step();
            }
        });

        var view = await Services.Until(services.Requests, Heroine.Path, r => r.Text("status") == "Pooled" && r.Int("missing") == 0, "the pool is full enough");
        story.Tell($"三十人拼成一班，开班最少 {Threshold} 人，已经不差人了。", $"Thirty stand in one pool; {Threshold} are needed, none is missing.");
        await ShowHeroine("Pooled");
        tally.PlacesAheadOfHeroine = view.Int("placesAhead");

        story.Tell("另有五位想学的课人数不够，一位不满十六岁。", "Five more ask for courses that few want, and one is not sixteen yet.");
        foreach (var (name, course, i) in new[] { ("邝小凤", "SP-porcelain", 40), ("霍启明", "SP-porcelain", 41), ("简玉梅", "SP-embroidery", 42), ("龙国栋", "6-29-03-05-L5", 43), ("温婉婷", "SP-embroidery", 44) })
        {
            others.Add(await Submit(name, i, course, station, "FindJob"));
        }

        await RefuseTheTooYoung();
        tally.Pooled = carers.Count + others.Count;
        foreach (var person in others)
        {
            await Services.Until(services.Requests, person.Path, r => r.Text("status") == "Pooled", "the request is pooled");
        }
    }

    /// <summary>One person registers and asks; while the pool forms, the story says how many are missing.</summary>
    private async Task<Person> Submit(string name, int number, string course, string stationCode, string goal, DateOnly? bornOn = null)
    {
        var resident = await services.Post(services.Requests, "residents", new
        {
            name,
            phone = $"138{number:00000000}",
            bornOn = bornOn ?? new DateOnly(1970 + (number % 30), 5, 17),
            consents = new[] { "HandleRequest", "FollowUpContact" },
        });
        var request = await services.Post(services.Requests, $"residents/{resident.Id()}/requests", new
        {
            courseCode = course,
            stationCode,
            goal,
            times = new[] { "WeekdayDaytime" },
            maxMinutes = 60,
            needs = Array.Empty<string>(),
        });
        tally.Asked++;
        var person = new Person(name, resident.Id(), request.Id(), stationCode, goal);
        if (course == CourseCode && number is 0 or 4 or 9 or 14)
        {
            var missing = Math.Max(0, Threshold - number - 1);
            await Services.Until(services.Requests, person.Path, r => r.Text("status") == "Pooled" && r.Int("missing") == missing, $"{missing} are missing");
            story.Tell(
                missing > 0 ? $"{name}点单，还差 {missing} 人。" : $"{name}点单，人数够了。",
                missing > 0 ? $"{name} asks; {missing} more are needed." : $"{name} asks; now there are enough.");
        }

        return person;
    }

    /// <summary>No automatic check refuses anybody: a person at the station does, and says what is possible instead.</summary>
    private async Task RefuseTheTooYoung()
    {
        var young = await Submit("小宇", 50, CourseCode, station, "FindJob", new DateOnly(2011, 8, 1));
        await Services.Until(services.Dispatch, $"stations/{station}/requests?state=AwaitingTriage", q => q.List().Any(r => r.Id() == young.RequestId), "the request waits for the station");
        await services.Post(services.Dispatch, $"stations/{station}/requests/{young.RequestId}/refuse", new
        {
            code = "AgeOutOfRange",
            alternative = new { kind = "OtherCourse", courseCode = "LS-first-aid", text = "满十六岁前可以先上家庭急救体验课。" },
        });
        var view = await Services.Until(services.Requests, young.Path, r => r.Text("status") == "Refused", "the refusal has arrived");
        tally.Refused++;
        story.Tell($"站点没有受理小宇的点单，并给出另一个选择：{view.Text("ended.alternative.text")}", "The station does not take the youngest on, and offers a first-aid course instead.");
    }
}
