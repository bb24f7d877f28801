"""Every sentence of the core about a reason or an elimination can be said in every language."""

from utfall.engine.attribution import ELIMINATIONS
from utfall.events import REASONS, Reason
from utfall.portal.tracking.reasons_words import DOOR, SENTENCES, fate_words, reason_words


def test_every_reason_and_elimination_is_listed_for_translation() -> None:
    said = {sentence for words in REASONS.values() for sentence in words} | set(ELIMINATIONS.values())
    assert set(SENTENCES) == said
    assert len(SENTENCES) == len(set(SENTENCES))


def test_every_reason_has_words() -> None:
    for reason in Reason:
        assert tuple(reason_words(reason.value)) == tuple(REASONS[reason])
    assert all(fate_words(each) == words for each, words in ELIMINATIONS.items())


def test_what_is_none_of_ours_has_none() -> None:
    assert tuple(reason_words("made_up")) == ("", "")
    assert fate_words("made_up") == "made_up"


def test_the_door_says_more_where_the_field_tells_more() -> None:
    from utfall.edge.answers import refused_verdict
    from utfall.edge.rows import Refused

    for (reason, field), words in DOOR.items():
        said = refused_verdict(Refused(Reason(reason), field))
        assert (said["sentence"], said["mend"]) == words
