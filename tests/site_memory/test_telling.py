"""What a memory knows, for people."""

import json

from newsspider.site_memory.memory import learn
from newsspider.site_memory.observations import hash_path
from newsspider.site_memory.telling import RepeatedText, RepeatedValue, Template, tell
from tests.site_memory.made import BODY, REPEATED, article

OLD = hash_path(BODY)


def test_it_names_templates_texts_and_values_with_counts() -> None:
    told = tell(learn(None, [article(number, template=OLD) for number in range(9)]))
    assert told.templates == (Template(BODY, 9, "2024-10-04", "2024-10-04", is_new=False, has_wrapper=True),)
    assert told.texts == (RepeatedText(REPEATED, BODY, 9, 9),)
    assert told.values == (RepeatedValue("authors", "Ann Lee", 9),)
    assert json.loads(json.dumps(told.to_dict()))["texts"][0]["articles"] == 9


def test_a_template_whose_first_page_came_lately_is_new() -> None:
    old = [article(number, 20_000 + number, template=OLD) for number in range(9)]
    told = tell(learn(None, [*old, *(article(99 + number, 20_020, template=1) for number in range(3))]))
    assert [(each.articles, each.is_new) for each in told.templates] == [(9, False), (3, True)]


def test_what_few_articles_have_is_not_told() -> None:
    told = tell(learn(None, map(article, range(4))))
    assert (told.texts, told.values) == ((), ())


def test_unknown_days_are_none() -> None:
    told = tell(learn(None, [article(number, 0, template=OLD) for number in range(9)]))
    assert told.templates[0].first_day is None
