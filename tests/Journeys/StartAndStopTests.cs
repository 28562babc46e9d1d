using System.Diagnostics;

namespace SkillStation.Journeys.Tests;

public sealed class StartAndStopTests
{
    [Fact]
    public async Task Ctrl_C_stops_it_cleanly_and_a_second_start_finds_all_its_data()
    {
        var folder = Directory.CreateTempSubdirectory("skillstation-test-").FullName;
        string resident;
        await using (var first = ServiceProcess.Start("Embedded", "--data-dir", folder))
        {
            await first.Ready();
            using var http = new HttpClient { BaseAddress = first.Address };
            resident = (await http.Post("/api/v1/residents", new { name = "陈小明", phone = "13800138000", consents = new[] { "HandleRequest" } })).Location!;

            Assert.Equal(0, await first.Interrupt());
            Assert.Contains("数据都已保存", first.Log, StringComparison.Ordinal);
        }

        await using var second = ServiceProcess.Start("Embedded", "--data-dir", folder);
        await second.Ready();
        using var again = new HttpClient { BaseAddress = second.Address };

        Assert.Equal("陈**", (await again.Get(resident)).Text("name"));
        Assert.Equal(88, await Count(again, "/api/v1/courses"));
        Assert.Equal(350, await Count(again, "/api/v1/stations"));
        Assert.Equal(120, await Count(again, "/api/v1/institutions"));
    }

    [Fact]
    public async Task The_screen_says_where_everything_is_and_what_to_try()
    {
        var folder = Directory.CreateTempSubdirectory("skillstation-test-").FullName;
        await using var city = ServiceProcess.Start("Embedded", "--data-dir", folder, "--lang", "en");
        await city.Ready();
        await Eventually.True(() => city.Log.Contains("Ctrl-C stops it.", StringComparison.Ordinal), "the screen is printed");

        Assert.All(new[] { "/docs", "/hangfire", "/health/ready", "tour", folder }, word => Assert.Contains(word, city.Log, StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = city.Address };
        Assert.All(new[] { "/docs/index.html", "/hangfire", "/openapi/requests.json", "/openapi/scheduler.json" }, path => Assert.True(http.GetAsync(path).Result.IsSuccessStatusCode, path));
    }

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2, "--nonsense")]
    [InlineData(2, "--lang", "fr")]
    [InlineData(2, "--data-dir")]
    public async Task A_command_line_that_cannot_be_understood_says_so(int exitCode, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ServiceProcess.Binary("Embedded"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var told = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains("--data-dir DIR", told, StringComparison.Ordinal);
    }

    private static async Task<int> Count(HttpClient http, string path)
    {
        var (count, next) = (0, (string?)"");
        while (next is not null)
        {
            var page = (await http.Get($"{path}?size=100{(next.Length > 0 ? "&after=" + Uri.EscapeDataString(next) : "")}")).Body;
            count += page.GetProperty("items").GetArrayLength();
            next = page.GetProperty("next").GetString();
        }

        return count;
    }
}
