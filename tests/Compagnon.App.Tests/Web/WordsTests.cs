using System.Globalization;
using Compagnon.TestKit;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Compagnon.App.Tests.Web;

public sealed class WordsTests
{
    [Fact]
    public void FrenchAndEnglish_HaveTheSameKeysAndPlaceholders() => Assert.Empty(OneLanguage.Unequal());

    [Fact]
    public void AnEnglishSentenceOnAFrenchPage_IsFound()
    {
        Assert.NotEmpty(OneLanguage.ForeignIn("Hello, If you did not expect this invitation, ignore this e-mail.", "fr"));
        Assert.NotEmpty(OneLanguage.ForeignIn("Si vous n’attendiez pas cette invitation, ignorez ce courriel.", "en"));
    }

    [Theory]
    [InlineData("en-CA", "Tuesday, November 24, 10:01\u00a0a.m.", "Written on x, refused on Tuesday, November 24, 10:01\u00a0a.m. Nothing personal is in it.")]
    [InlineData("en-CA", "November 24", "Written on x, refused on November 24. Nothing personal is in it.")]
    [InlineData("fr-CA", "mardi 24 novembre, 10 h", null)]
    public void ASentenceThatEndsWithAnHour_HasOneFullStop(string culture, string at, string? expected)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var texts = new RoleTexts(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));
            var sentence = texts.Create(typeof(Compagnon.Web.Day.Texts))["Returned.Lead", "x", at].Value;
            Assert.DoesNotContain("..", sentence, StringComparison.Ordinal);
            Assert.Contains(at, sentence, StringComparison.Ordinal);
            if (expected is not null)
                Assert.Equal(expected, sentence);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
