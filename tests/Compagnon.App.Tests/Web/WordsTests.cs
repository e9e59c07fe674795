using Compagnon.TestKit;

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
}
