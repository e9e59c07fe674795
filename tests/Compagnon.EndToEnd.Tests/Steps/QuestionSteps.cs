using Compagnon.Domain.Programme;

namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>What somebody answers, by the question's address; every other question gets yes, or its first answer.</summary>
internal sealed class Answers : Dictionary<string, Func<Person, Task>>
{
    private Answers() : base(StringComparer.Ordinal)
    {
    }

    public static Answers Usual => new()
    {
        ["plus-tard"] = p => p.TicksAsync("Wait", "non"),
        ["sujets"] = p => p.TicksAsync("Topics", nameof(Topic.Fatigue)),
        ["langues"] = p => p.TicksAsync("Codes", Languages.French),
        ["situation"] = async p =>
        {
            await p.TicksAsync("Certainty", nameof(Certainty.Confirmed));
            await p.PicksAsync("Site", nameof(CancerSite.Breast));
        },
        ["soins"] = p => p.TicksAsync("Treatments", nameof(Treatment.Chemotherapy)),
    };

    public Answers But(string question, Func<Person, Task> answer)
    {
        this[question] = answer;
        return this;
    }
}

/// <summary>One question a page, for the person themselves and for the coordinator who fills them in.</summary>
internal static class QuestionSteps
{
    private const int Most = 60;

    /// <summary>Answers and goes on, until the question named, or until there are none left.</summary>
    public static async Task GoesThroughTheQuestionsAsync(this Person person, Answers answers, string? until = null)
    {
        for (var page = 0; page < Most; page++)
        {
            if (person.Question is not { } question || question == until) return;
            if (answers.TryGetValue(question, out var answer)) await answer(person);
            await person.AnswersAsync();
            await person.SubmitsAsync();
        }
        Assert.Fail("The questions never end.");
    }

    extension(Person person)
    {
        /// <summary>The question they are at; null when they are elsewhere.</summary>
        public string? Question => person.At.Split('/') is ["", "demander", var id, var question, ..] && Guid.TryParse(id, out _) ? question : null;
    }
}
