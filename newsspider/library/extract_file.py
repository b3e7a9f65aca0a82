"""One archive to one output file, for schedulers of any kind."""

import os

from newsspider.errors import UsageError
from newsspider.part_per_input import PARQUET
from newsspider.part_per_input.destinations import open_parts
from newsspider.part_per_input.inputs import list_inputs
from newsspider.part_per_input.make_part import Part, Recipe, make_part
from newsspider.pool import Limits, check_model, read_limits


def extract_file(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    limits: Limits | None = None,
    *,
    format: str = PARQUET,  # noqa: A002  # the option's name
    schema: str | None = None,
    replace: bool = False,
) -> Part:
    """Extract an archive, a folder or a file of pages to a part of its own, unless that exists.

    A part is a file in `out/articles/`; records of other pages are in a file of the same name in
    `out/quarantine/`. It appears only when it is complete, and only once: of two processes that
    make it at the same time, the first one wins. So a job that was killed can be run again,
    anywhere. That makes every scheduler exactly-once.

    The part's name is the input's name and a hash of its absolute path or URL: use the same path on
    all machines.

    Args:
        path: an absolute or relative path, or an fsspec URL such as s3://bucket/x.warc.gz (extra:
            cluster).
        out: a folder, or such a URL. Behind a URL a part is always complete, but the last of two
            processes wins.
        limits: workers, deadline and memory; default: one worker per core, as `extract_many`.
        format: "parquet" (extra: parquet), "jsonl", "json" or "csv".
        schema: another tool's field names for the articles; with "jsonl" only.
        replace: whether an existing part is made again.

    Returns:
        The part: its `name`, its `files`, the counted `kinds` of its records, and whether this call
            has
        `made` it.

    Raises:
        UsageError: an argument is wrong, the path does not exist, or a package is missing.
        UnreadableError: a remote file does not exist or can't be copied. Damage inside an archive
            raises nothing: its pages have the kind "failed".
        OutputError: the part can't be written, for example because the disk is full.
    """
    recipe = Recipe(format, schema, limits or read_limits({"parsers": None}), replace=replace)
    recipe.check()
    check_model()
    inputs = list_inputs([os.fspath(path)])

    if len(inputs) > 1:
        raise UsageError(f"{path}: several files; call it for each of them")

    return make_part(inputs[0], open_parts(os.fspath(out), format), recipe)
