"""What a site's memory says of a page's blocks: what many other articles repeat is boilerplate."""

from newsspider.extraction.site_evidence.containers import find_containers, normalise
from newsspider.extraction.stripping import Stripped
from newsspider.extraction.verdicts import Verdict
from newsspider.site_memory.counting import OtherArticles
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import Observation, hash_text

MIN_OTHERS = 5  # other articles that must agree before they count


def judge_by_memory(
    memory: SiteMemory, stripped: Stripped, observed: Observation | None
) -> tuple[Verdict, ...]:
    """Return a page's verdicts after its site's memory, unchanged where that says nothing.

    Args:
        memory: of the page's site.
        stripped: the page's verdicts without it.
        observed: what the page itself teaches, so that it and its copies are not counted.
    """
    if stripped.evidence is None:
        return stripped.verdicts
    others = OtherArticles.of(memory, observed)
    containers = find_containers(stripped.evidence.page)
    judged = []
    for verdict, container in zip(stripped.verdicts, containers, strict=True):
        pages = (
            others.count(hash_text(normalise(verdict.block.text)), container.number)
            if verdict.kept
            else 0
        )
        if pages >= MIN_OTHERS:
            verdict = verdict._replace(
                kept=False, reason=f"the same on {pages} other pages of this site"
            )
        judged.append(verdict)
    return tuple(judged)
