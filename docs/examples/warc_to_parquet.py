"""Clean the articles of WARC archives and write columns of your choice to a Parquet file (extra: parquet).

    python warc_to_parquet.py CC-NEWS-*.warc.gz -o corpus.parquet --language en --min-words 100

An article that the archives have several times is written once.
"""

import argparse
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

import newsspider

TEXTS = ("url", "site", "title", "published", "language", "body", "extraction_version")
SCHEMA = pa.schema({**dict.fromkeys(TEXTS, pa.string()), "authors": pa.list_(pa.string()), "word_count": pa.int32()})


def iter_rows(archives: list[str], language: str, min_words: int) -> Iterator[dict[str, object]]:
    seen: set[str] = set()
    for record in newsspider.extract_many(archives):
        is_wanted = record.is_article and (record.language or "").startswith(language)
        if is_wanted and (record.word_count or 0) >= min_words and record.key not in seen:
            seen.add(record.key)
            yield {column: record[column] for column in SCHEMA.names}


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("archives", nargs="+", help="WARC files; folders, zip and tar work too")
parser.add_argument("-o", "--output", default="corpus.parquet", help="the table (default: %(default)s)")
parser.add_argument("--language", default="", help="only articles in this language, such as en")
parser.add_argument("--min-words", type=int, default=1, help="only articles with at least so many words")
options = parser.parse_args()

rows = iter_rows(options.archives, options.language, options.min_words)
with pq.ParquetWriter(options.output, SCHEMA, compression="zstd") as file:
    while batch := list(islice(rows, 1_000)):  # rows in memory
        file.write_table(pa.Table.from_pylist(batch, SCHEMA))
