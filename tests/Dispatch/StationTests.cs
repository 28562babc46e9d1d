using System.Net;
using SkillStation.Contracts.Dispatch;

namespace SkillStation.Dispatch.Tests;

public sealed class StationTests(City city)
{
    [Fact]
    public async Task On_first_start_every_station_is_announced_with_its_districts_name()
    {
        await city.Service.Publishes<StationOpened>(s => s.StationCode == City.Station);
        await Eventually.True(() => city.Service.Published<StationOpened>().Count >= 350, "all stations are announced");

        var stations = city.Service.Published<StationOpened>();
        Assert.Equal(350, stations.Select(s => s.StationCode).Distinct().Count());
        Assert.All(stations, s => Assert.True(s.DistrictName.EndsWith('区') && s.DistrictNameEn.Length > 0));
    }

    [Fact]
    public async Task Stations_near_a_point_come_nearest_first_and_page_by_page()
    {
        const string path = "/api/v1/stations?near=113.36,23.13&size=3";
        var first = await city.Http.Get(path);
        var second = await city.Http.Get($"{path}&after={first.Text("next")}");

        var km = new[] { first, second }.SelectMany(a => a.Body.GetProperty("items").EnumerateArray()).Select(s => s.GetProperty("km").GetDouble()).ToList();
        Assert.Equal(6, km.Count);
        Assert.Equal(km.Order(), km);
    }

    [Fact]
    public async Task Stations_of_a_district_are_only_those()
    {
        var answer = await city.Http.Get("/api/v1/stations?district=440103&size=100");

        var districts = answer.Body.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("districtCode").GetString()).Distinct();
        Assert.Equal(["440103"], districts);
    }

    [Theory]
    [InlineData("113.36")]
    [InlineData("a,b")]
    [InlineData("NaN,23")]
    [InlineData("200,23")]
    public async Task A_point_that_is_none_is_answered_with_its_field(string near)
    {
        var answer = await city.Http.Get("/api/v1/stations?near=" + near);

        Assert.Equal((HttpStatusCode.BadRequest, "near-malformed", "near"), (answer.Status, answer.Code, string.Join(',', answer.Fields)));
    }

    [Fact]
    public async Task A_station_is_found_by_its_code_and_an_unknown_one_is_not()
    {
        var known = await city.Http.Get($"/api/v1/stations/{City.Station}");
        var unknown = await city.Http.Get("/api/v1/stations/999");

        Assert.Equal((HttpStatusCode.OK, City.District), (known.Status, known.Text("districtCode")));
        Assert.Equal((HttpStatusCode.NotFound, "station-not-found"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task Districts_come_with_their_streets_and_the_number_of_their_stations()
    {
        var districts = (await city.Http.Get("/api/v1/districts")).Body.EnumerateArray().ToList();

        Assert.Equal(11, districts.Count);
        Assert.Equal(176, districts.Sum(d => d.GetProperty("streets").GetArrayLength()));
        Assert.Equal(350, districts.Sum(d => d.GetProperty("stations").GetInt32()));
    }
}
