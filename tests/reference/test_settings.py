"""Settings as the reference shows them, read from a source."""

from newsspider.reference.settings import Setting, iter_settings

SOURCE = '''"""Settings."""

NAME = "spider"

# --- Limits -------------------------------------------
# Two lines of
# reasons.
DEPTH = 3  # clicks
PLAIN = 4
NETWORKS: list[str] = []  # private ones
# --- Components ---------------------------------------
# They run in this order.
ITEM_PIPELINES = {
    "pipelines.count.CountPipeline": 100,  # first
    "pipelines.store.StorePipeline": 200,
}
AFTER = None  # a reason of its own
'''


def test_settings_have_the_heading_above_and_the_comments_near_them() -> None:
    assert list(iter_settings(SOURCE)) == [
        ("General", Setting("NAME", "'spider'", "")),
        ("Limits", Setting("DEPTH", "3", "Two lines of reasons. clicks")),
        ("Limits", Setting("PLAIN", "4", "")),
        ("Limits", Setting("NETWORKS", "[]", "private ones")),
        ("Components", Setting("ITEM_PIPELINES", "", "They run in this order.")),
        ("Components", Setting("AFTER", "None", "a reason of its own")),
    ]
