from graph.model.claims import Source
from loaders.reading.lexicon import Lexicon
from loaders.reading.model import Reading
from loaders.reading.sentences import split
from loaders.reading.text import begin


def read(text: str, lexicon: Lexicon, **source: str) -> Reading:
    return split(begin(Reading(source=Source(text=text, **source), text=text), lexicon), lexicon)


def test_the_date_line_gives_the_day_and_is_no_text(lexicon: Lexicon) -> None:
    reading = read("date: 2025-10-16\nUn titre sans point\nUne phrase.", lexicon)
    assert str(reading.published) == "2025-10-16"
    assert [reading.text[s.start : s.end] for s in reading.sentences] == ["Un titre sans point", "Une phrase."]
    assert [s.title for s in reading.sentences] == [True, False]


def test_a_date_in_front_of_the_text(lexicon: Lexicon) -> None:
    reading = read(" date 2022-03 Fin de la visite. Une délégation est venue.", lexicon)
    assert str(reading.published) == "2022-03"
    assert reading.text[reading.sentences[0].start :].startswith("Fin de la visite.")


def test_a_line_that_is_a_date(lexicon: Lexicon) -> None:
    reading = read("jeudi, octobre 16, 2025\nInternational\n\nUn titre sans point\n\nLe texte commence ici.", lexicon)
    assert str(reading.published) == "2025-10-16"
    assert [s.boilerplate for s in reading.sentences] == [True, True, False, False]
    assert reading.sentences[2].title


def test_the_given_day_wins(lexicon: Lexicon) -> None:
    assert str(read("Publié le 3 mars 2020\nUn titre\nUn texte.", lexicon, published="2021-05-01").published) == "2021-05-01"


def test_a_date_in_a_sentence_is_not_the_day_of_publication(lexicon: Lexicon) -> None:
    assert (
        read("Le 3 mars 2020, les deux pays ont signé un accord de pêche à Lomé.\nUn autre texte.", lexicon).published is None
    )


def test_language_by_its_words(lexicon: Lexicon) -> None:
    assert read("The ministers of the two countries have signed an agreement in the capital.", lexicon).language == "en"
    assert read("Les ministres des deux pays ont signé un accord dans la capitale.", lexicon).language == "fr"
    assert read("Maroc.", lexicon, language="en").language == "en"


def test_boilerplate_is_marked(lexicon: Lexicon) -> None:
    text = (
        "Un titre\nUne phrase de l'article.\nÀ lire aussi : un autre article\nPartager sur Facebook\n3 min de lecture\n© Agence"
    )
    assert [s.boilerplate for s in read(text, lexicon).sentences] == [False, False, True, True, True, True]


def test_abbreviations_end_no_sentence(lexicon: Lexicon) -> None:
    text = "M. Sow a vu Mme. Ba et le Dr. Ly. J. K. Doe est parti. Le U.S. Navy Band joue. Les É.-U. attendent."
    assert len(read(text, lexicon).sentences) == 4
    english = "Mr. Doe met Gen. Roe on Jan. 3. The U.S. envoy left. He likes the U.S. The end is near."
    assert len(read(english, lexicon).sentences) == 4


def test_quotes_over_paragraphs(lexicon: Lexicon) -> None:
    reading = read('Il a dit : « Nous signons.\n« Nous partons. » Puis "rien" et “tout”.', lexicon)
    assert [reading.text[a:b] for a, b in reading.quotes] == ["« Nous signons.\n« Nous partons. »", '"rien"', "“tout”"]


def test_an_open_quote_does_not_swallow_the_article(lexicon: Lexicon) -> None:
    reading = read('Il a dit "oui et il est parti.\nElle a dit "non".', lexicon)
    assert [reading.text[a:b] for a, b in reading.quotes] == ['"non"']


def test_offsets_and_folding(lexicon: Lexicon) -> None:
    text = "L’Élysée — où siège l’État — reçoit Şen à Čačak…"
    reading = read(text, lexicon)
    assert len(reading.folded) == len(text)
    assert [text[s.start : s.end] for s in reading.sentences] == [text]


def test_clauses_end_at_coordinated_verbs(lexicon: Lexicon) -> None:
    reading = read("Le Mali a rappelé son ambassadeur et a fermé sa mission ; le Togo, lui, attend.", lexicon)
    assert [reading.text[c.start : c.end] for c in reading.clauses] == [
        "Le Mali a rappelé son ambassadeur", " et a fermé sa mission ", "; le Togo, lui, attend.",
    ]  # fmt: skip


def test_empty_texts(lexicon: Lexicon) -> None:
    for text in ("", " ", "\n\n", "…", "date: 2025-01-01"):
        assert read(text, lexicon).mentions == ()
