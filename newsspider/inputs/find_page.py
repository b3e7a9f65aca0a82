"""One page, by the place that its record names as its source."""

from pathlib import Path

from newsspider.errors import UsageError
from newsspider.inputs.paths import check_paths
from newsspider.inputs.reading import is_single, iter_pages
from newsspider.pages.raw_page import RawPage


def find_page(place: str) -> RawPage:
    """Return the page of a file, or of a place inside an archive as records name it in `source`.

    Raises:
        UsageError: there is no such file, no such place in it, or there are several pages.
    """
    archive, inside, _ = place.partition("#")
    if inside and not Path(place).exists():
        check_paths([archive])
        found = next(
            iter_pages([archive], skip=lambda source: source != place and source != archive), None
        )

        if found is None or found.source != place:
            raise UsageError(f"{place}: no such page in {archive}")

        return found

    check_paths([place])
    if not is_single([place]):
        raise UsageError(
            f"{place}: it has several pages: name one of them; in an archive {place}#NAME, which "
            "is the source of the page's record"
        )

    return next(iter_pages([place]))
