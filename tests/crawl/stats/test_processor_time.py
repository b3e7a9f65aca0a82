"""The processor time of a crawl's main process."""

from time import process_time

from newsspider.crawl.stats.processor_time import ProcessorTime
from tests.crawl.components import make_crawler


def test_stat_has_the_processor_time_since_the_spider_started() -> None:
    crawler = make_crawler()
    component = ProcessorTime.from_crawler(crawler)
    component.spider_opened()
    began = process_time()
    while process_time() - began < 0.02:
        pass
    component.spider_closed()
    assert crawler.stats is not None
    assert 0.02 <= crawler.stats.get_value("newsspider/main_process_seconds") <= process_time()
