"""Use newsspider as a step of a datatrove pipeline (pip install 'datatrove[io]').

datatrove's own extractors drop a page after one second, with a line in the log. This step has newsspider's limits (20 s
of processor time) instead, and counts each page by its kind. Pages that WarcReader can't decode don't reach it.
"""

import argparse

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline import base, readers, writers

import newsspider


class ExtractNews(base.PipelineStep):
    type, name = "Extract", "newsspider"

    def run(self, data, rank=0, world_size=1):
        waiting = {}
        for record in newsspider.extract_many(self.iter_pages(data, waiting), workers=1):  # datatrove runs several
            document = waiting.pop(record.source)
            self.stat_update(record.kind)
            if record.is_article:
                document.text = record.body
                document.metadata |= {name: value for name, value in record.to_dict().items() if name != "body"}
                yield document

    def iter_pages(self, data, waiting):
        for page in data:
            waiting[page.id] = page
            body, headers = page.text.encode("utf-8", "replace"), {"Content-Type": "text/html; charset=utf-8"}
            yield newsspider.RawPage(body=body, url=page.metadata.get("url"), source=page.id, headers=headers)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", help="folder of WARC files")
    parser.add_argument("output", help="folder for the articles")
    given = parser.parse_args()
    LocalPipelineExecutor([readers.WarcReader(given.archives), ExtractNews(), writers.JsonlWriter(given.output)]).run()
