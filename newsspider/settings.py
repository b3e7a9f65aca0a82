"""Scrapy settings: every number, every order, no logic. Each departs from Scrapy's default for the reason beside it."""

BOT_NAME = "newsspider"
SPIDER_MODULES = ["newsspider.spiders"]
COMMANDS_MODULE = "newsspider.commands"  # `scrapy crawl` with our exit codes

# --- Who we are -----------------------------------------------------------------------------------------------------
# A site's operator must be able to see who crawls and whom to ask; robots.txt is matched against the first word.
# The default names nobody, so a store's first crawl asks for a contact. Put your own address here or pass
# -s USER_AGENT='newsspider/0.1 (+https://you.example/bot; you@you.example)'.
USER_AGENT = "newsspider"

# --- Politeness -----------------------------------------------------------------------------------------------------
ROBOTSTXT_OBEY = True
ROBOTSTXT_PARSER = "newsspider.spiders.guard.robots.BoundedRobots"
DOWNLOAD_DELAY = 0.5  # seconds between two requests to a registered domain where robots.txt asks for nothing longer
CONCURRENT_REQUESTS = 64  # of all sites together: what hangs at some must not hold up the others; Scrapy has 16
# For a registered domain, whatever its hosts: one slow answer must not stop a site, and two connections burden none.
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOADER = "newsspider.spiders.downloader.BoundedDownloader"  # keeps it where there is no delay, too
# Of CONCURRENT_REQUESTS, for a registered domain: in transfer, or waiting for robots.txt or their turn. It takes
# sixteen sites that hang to leave no place to others.
NEWSSPIDER_SITE_REQUESTS = 4
SCHEDULER = "newsspider.spiders.queue.CrawlScheduler"
SCHEDULER_PRIORITY_QUEUE = "newsspider.spiders.queue.SharingQueue"
AUTOTHROTTLE_ENABLED = True  # a site that answers slowly is asked less often
AUTOTHROTTLE_START_DELAY = 1.0  # seconds; Scrapy's 5 costs half a minute before the first twenty pages
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
NEWSSPIDER_MAX_CRAWL_DELAY = 60.0  # seconds; a Crawl-delay of a day is a mistake or a "no", and robots.txt can say that

# --- Order: the front page's news first, so that a crawl cut short has the newest ------------------------------------
DEPTH_PRIORITY = 100  # more than the spider's own priorities, which order the links of one depth
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# --- Where a request may go: newsspider/spiders/guard; what is refused is counted as newsspider/refused/<reason> ------
DOWNLOAD_HANDLERS = {
    "http": "newsspider.spiders.rendering.handler.RenderingHandler",
    "https": "newsspider.spiders.rendering.handler.RenderingHandler",
    "file": None,  # a page that links file: got local files read
    "ftp": None,
    "s3": None,
    "data": None,
}
# Networks that may be reached beside the public ones, at any port: 10.0.0.0/8,127.0.0.1. A seed that is such an
# address itself needs no entry.
NEWSSPIDER_ALLOW_PRIVATE: list[str] = []
NEWSSPIDER_ALLOW_PORTS = [80, 443]  # and a seed's own to its site; at others answer services that are no web sites
NEWSSPIDER_TRUST_PROXY = False  # a proxy connects on our behalf: it must refuse private addresses itself
DOWNLOAD_VERIFY_CERTIFICATES = True
NEWSSPIDER_UNVERIFIED_TLS: list[str] = []  # hosts or sites whose certificates are not verified: old.herald.example
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # runs Python that is posted to it
# A session makes a site show one visitor's view: cookies last for one chain of redirects. `cookies` in a site's profile
# is a subscription, or true: kept for the run.
COOKIES_ENABLED = False
METAREFRESH_MAXDELAY = 5  # seconds; longer ones reload a front page that is left open, Scrapy follows up to 100

# --- What one answer may cost ---------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 30  # seconds for the whole response; Scrapy's 180 lets a slow drip hold a slot for three minutes
DOWNLOAD_MAXSIZE = (
    20 * 1024 * 1024
)  # bytes, decompressed too; the largest gold page has 4 MB, Scrapy's default is 1 GiB
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
DOWNLOAD_FAIL_ON_DATALOSS = False  # half a page is tried again and at last read, as truncated; Scrapy throws it away
NEWSSPIDER_MAX_HEADER_BYTES = 64 * 1024  # real ones have under 10 KiB, browsers take 256; Scrapy reads them without end
URLLENGTH_LIMIT = 2000  # characters; as links, redirects too: longer ones are traps
DEPTH_LIMIT = 100  # clicks from a seed; paging goes so deep, calendars without end go on (depth/request_ignored_count)
NEWSSPIDER_MAX_SITE_PAGES = 100_000  # a crawl; at half a second each that is half a day, and an archive has fewer
NEWSSPIDER_MAX_QUEUE = 200_000  # of all sites, in memory at 2.3 KB each: half a GB; others are left for the next run
NEWSSPIDER_MAX_PAGE_LINKS = 2_000  # the front pages among the gold have up to 600
NEWSSPIDER_MAX_SITEMAP_NESTING = 4  # sitemaps below others; sitemaps.org allows one, large sites have two
NEWSSPIDER_MAX_ROBOTS_BYTES = 500 * 1024  # what RFC 9309 asks to be read at least, and Google reads
REDIRECT_MAX_TIMES = 10  # more is a loop; browsers follow 20
DNS_TIMEOUT = 20  # seconds; Scrapy's 60 is twice our timeout for the whole response
TWISTED_DNS_RESOLVER = "newsspider.spiders.guard.lookups.SystemResolver"  # a name that hangs holds up no other site's
RETRY_TIMES = 2
NEWSSPIDER_MAX_RETRY_AFTER = 60.0  # seconds that a run waits if asked to (429, 503); for more it leaves the site

# --- Pages that need a browser: `render = true` in a site's profile (pip install 'newsspider[render]') ----------------
# It has no network: what a page's scripts ask for is fetched by the crawl, as guarded as the page.
NEWSSPIDER_BROWSER = None  # a Chromium, as /usr/bin/chromium; else the environment's, else playwright's own
NEWSSPIDER_BROWSER_SANDBOX = True  # 0 where there is none, as for root: a hole in the browser then is one in the system
NEWSSPIDER_RENDER_PAGES = 2  # at the same time, of all sites; each takes a core and some 150 MiB
NEWSSPIDER_RENDER_WAIT = 10.0  # seconds for a page to come to rest (half a second without requests); then as it is
NEWSSPIDER_RENDER_DEADLINE = 30.0  # seconds for a page in all; as long as its download may take
NEWSSPIDER_RENDER_FETCH = ["script", "xhr", "fetch"]  # also: stylesheet, image, media, font, which hold no text
NEWSSPIDER_RENDER_REQUESTS = 200  # of a page's scripts, not held up by the site's delay; whole front pages make 100
NEWSSPIDER_RENDER_MIB = 50  # that they bring together; heavy front pages have 10

# --- Extraction, in processes of its own: pages are never parsed in Scrapy's event loop ------------------------------
NEWSSPIDER_WORKERS = None  # how many; None is one a core, 0 extracts in the event loop without limits, for debugging
NEWSSPIDER_DEADLINE = 20.0  # seconds of processor time a page, by the clock 60 times as many; gold pages take one
NEWSSPIDER_WORKER_MEMORY = 1024  # MiB a worker; it starts with some 200, a page of a megabyte needs 100 more
NEWSSPIDER_WITNESS = "always"  # ask trafilatura about each page; "unsure": only where the model is unsure; "never"
NEWSSPIDER_PARSERS: list[str] = []  # modules with mends (@for_site); else the environment's NEWSSPIDER_PARSERS

# --- When what is looked at again, by the state in the store --------------------------------------------------------
NEWSSPIDER_REVISIT = True  # -s NEWSSPIDER_REVISIT=0 fetches everything again, as if nothing were known
NEWSSPIDER_REVISIT_AGES = ["1h", "6h", "1d", "7d"]  # of an article; most corrections come on its first day
NEWSSPIDER_LIST_PATIENCE = 0.1  # of the time for which a list has brought nothing new, until it is looked at again
NEWSSPIDER_LONGEST_WAIT = "1d"  # for a list, and for another try
NEWSSPIDER_FIRST_RETRY = "1h"  # after a page gave nothing; then twice as long each time
NEWSSPIDER_TRIES = 6  # in a row that gave nothing; then never, unless something says that it was modified

# --- Pages kept: -s NEWSSPIDER_WARC=warc/ for `newsspider re-extract` and replay; text and addresses in the store ----
NEWSSPIDER_WARC = None  # a folder for WARC files of all responses; else the environment's NEWSSPIDER_WARC
NEWSSPIDER_WARC_MIB = 1024  # a file; as the specification recommends
NEWSSPIDER_HONOUR = ["noarchive"]  # noarchive: no copy in the WARC files; noindex: no record either
NEWSSPIDER_RETENTION = None  # 365d: at its end a crawl removes what was first seen earlier, WARC files too

# --- Pages kept for another look: -s HTTPCACHE_ENABLED=1 answers a second crawl from .scrapy/httpcache ---------------
HTTPCACHE_ENABLED = False
HTTPCACHE_GZIP = True  # a tenth of the size
HTTPCACHE_IGNORE_HTTP_CODES = [429, 500, 502, 503, 504]  # not what the page is, only how the server felt

# --- What becomes of a page's record and links ------------------------------------------------------------------------
CONCURRENT_ITEMS = 4  # tasks that Scrapy starts for the output of each page; its 100 cost a millisecond or two a page

# --- What becomes of a record ---------------------------------------------------------------------------------------
ITEM_PIPELINES = {
    "pipelines.count.CountPipeline": 100,
    "pipelines.store.StorePipeline": 200,  # stores articles and quarantine alike,
    "pipelines.quarantine.QuarantinePipeline": 300,  # then only articles go on to -O and FEEDS
}
# Components stand in the order in which a request meets them: here from the spider outwards, so the number falls.
SPIDER_MIDDLEWARES = {
    "newsspider.spiders.request_context.RequestContextMiddleware": 970,  # before all that read it
    "newsspider.spiders.directives.NoindexMiddleware": 950,  # before others count and store the record
    "newsspider.spiders.period.PeriodMiddleware": 940,
    "newsspider.spiders.guard.bounds.SitemapNesting": 155,  # before the next notes what is found
    "newsspider.spiders.revisits.RevisitMiddleware": 150,  # after DepthMiddleware (900) has counted
    "newsspider.spiders.guard.bounds.SitePages": 140,  # only what is to be looked at counts
}
REQUEST_FINGERPRINTER_CLASS = "newsspider.spiders.fingerprints.PageFingerprinter"  # tracking makes no other page
DOWNLOADER_MIDDLEWARES = {
    "newsspider.spiders.guard.middleware.GuardMiddleware": 30,  # what is refused must not wait or count first
    "newsspider.spiders.forgotten.ForgottenMiddleware": 35,
    "newsspider.spiders.visitors.VisitorsMiddleware": 38,
    "newsspider.spiders.barren.BarrenListsMiddleware": 39,
    "newsspider.spiders.workers.RoomMiddleware": 40,  # before what costs: a request that is held back has cost nothing
    "newsspider.spiders.revisits.NotModifiedMiddleware": 45,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "newsspider.spiders.offsite.TellingOffsiteMiddleware": 50,  # Scrapy's place for it
    "newsspider.spiders.site_settings.SiteSettingsMiddleware": 55,  # cookies stay at home
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsspider.spiders.robots.WaitingRobotsMiddleware": 100,  # Scrapy's place for it
    "newsspider.spiders.rehearsal.RehearsalMiddleware": 110,  # what robots.txt forbids would not be fetched
    "newsspider.spiders.page_limit.PageLimitMiddleware": 120,  # what robots.txt forbids is not counted
    "newsspider.spiders.retry_after.RetryAfterMiddleware": 560,  # sees answers before RetryMiddleware (550)
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newsspider.spiders.guard.redirects.CountedRefreshes": 580,  # these three in Scrapy's places too
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsspider.spiders.guard.answers.UnpackingMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newsspider.spiders.guard.redirects.CountedRedirects": 600,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "newsspider.spiders.guard.cookies.ChainCookies": 700,  # Scrapy's place; sees an answer before it becomes a redirect
    "newsspider.spiders.keeping.KeepingMiddleware": 990,  # sees answers first, as they came
}
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "newsspider.spiders.feeds.TellingFeedExporter": 0,  # Scrapy's place for it
    "newsspider.spiders.guard.extension.Guard": 100,
    "newsspider.spiders.guard.robots.RobotsDownload": 110,
    "newsspider.spiders.rendering.extension.Renderer": 120,
    "newsspider.spiders.crawl_delay.CrawlDelay": 500,  # after AutoThrottle (0), whose delay it lifts
    "newsspider.spiders.workers.Workers": 510,
    "newsspider.spiders.ledger.Ledger": 515,
    "newsspider.spiders.rehearsal.Rehearsal": 515,  # instead of it, with -a dry_run=1
    "newsspider.spiders.keeping.Copies": 516,
    "newsspider.spiders.retention.Retention": 517,
    "newsspider.spiders.lag.LoopLag": 520,  # newsspider/loop_lag_ms/… in the stats
}
# Arguments that every spider of ours takes (-a max_pages=100), for those that were not given any.
NEWSSPIDER_MAX_PAGES = None  # fetch at most so many
NEWSSPIDER_MAX_DEPTH = None  # follow links at most so many clicks from the start
NEWSSPIDER_SITES = None  # a file of sites' profiles, TOML
NEWSSPIDER_DRY_RUN = None  # 1 shows what would be fetched, and stores nothing
NEWSSPIDER_STORE = True  # -s NEWSSPIDER_STORE=0: records go to -O only
NEWSSPIDER_OUTPUT = None  # a file or folder that `newsspider crawl -o` names; the next three are its options too
NEWSSPIDER_OUTPUT_FORMAT = None
NEWSSPIDER_OUTPUT_SCHEMA = None
NEWSSPIDER_OUTPUT_REPLACE = False  # an earlier file is not lost unasked
NEWSSPIDER_DATABASE = None  # a path or URL; the environment's NEWSSPIDER_DATABASE goes before it, ./news.db after
NEWSSPIDER_DUPLICATES = "link"  # near-duplicates say what they are duplicates of; "drop": not stored; "off": not sought
NEWSSPIDER_SYNC = "normal"  # "full": each transaction and WARC record is on the disk before the next; see README
NEWSSPIDER_MIGRATE = True  # 0, here or in the environment: a database of another schema is refused, not changed

# --- Who is told when a crawl ends badly ----------------------------------------------------------------------------
NEWSSPIDER_NOTIFY_CODES = [3, 4]  # exit codes: a source went dark, the store can't be used; single pages always fail
NEWSSPIDER_NOTIFY_COMMAND = None  # a shell command; the account comes on its standard input as JSON
NEWSSPIDER_NOTIFY_WEBHOOK = None  # a web address that the same JSON is posted to; chat services show its `text`

FEED_EXPORT_ENCODING = "utf-8"
FEED_STORAGES = dict.fromkeys(("", "file"), "newsspider.spiders.feeds.PrivateFileStorage")  # of the user alone
FEED_EXPORTERS = {"csv": "newsspider.spiders.exporters.GuardedCsvExporter"}  # a title can be a spreadsheet's formula

# --- Logging --------------------------------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
NEWSSPIDER_PROGRESS = None  # `newsspider crawl` tells how it goes: "live" on a terminal, else "lines"
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # a quarantined page is stored with its reason; the log need not repeat it
