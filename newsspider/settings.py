"""Scrapy settings: all numbers and orders, no logic.

A comment gives the reason for each value that differs from Scrapy's default.
"""

BOT_NAME = "newsspider"
SPIDER_MODULES = ["newsspider.spiders"]
COMMANDS_MODULE = "newsspider.commands"  # `scrapy crawl` with our exit codes

# --- Who we are -----------------------------------------------------------------------------------
# A site's operator must be able to see who crawls and whom to ask; robots.txt is matched against
# the first word. The default names nobody, so a store's first crawl asks for a contact. Put your
# own address here or pass -s USER_AGENT='newsspider/0.1 (+https://you.example; you@you.example)'.
USER_AGENT = "newsspider"

# --- Politeness -----------------------------------------------------------------------------------
ROBOTSTXT_OBEY = True
ROBOTSTXT_PARSER = "newsspider.crawl.guard.bounded_robots.BoundedRobots"
# Seconds between two requests to a registered domain, unless robots.txt asks for more
DOWNLOAD_DELAY = 0.5
# Of all sites; a few sites that hang must not delay the others; Scrapy: 16
CONCURRENT_REQUESTS = 64
# Per registered domain, with all its hosts: one slow response must not stop a site; two connections
# burden no site.
CONCURRENT_REQUESTS_PER_DOMAIN = 2
# Applies the limit without a delay, too
DOWNLOADER = "newsspider.crawl.politeness.downloader.BoundedDownloader"
# Per registered domain, part of CONCURRENT_REQUESTS: in transfer, or waiting for robots.txt or
# their turn. Only sixteen sites that hang at once can block the others.
NEWSSPIDER_SITE_REQUESTS = 4
SCHEDULER = "newsspider.crawl.scheduling.queue.CrawlScheduler"
SCHEDULER_PRIORITY_QUEUE = "newsspider.crawl.scheduling.queue.SharingQueue"
AUTOTHROTTLE_ENABLED = True  # a site that answers slowly is asked less often
# Seconds; with Scrapy's 5 the first twenty pages take half a minute longer
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
NEWSSPIDER_MAX_CRAWL_DELAY = 60.0  # seconds; a longer Crawl-delay is a mistake or means "no"

# --- Order: the front page's news first, so that an interrupted crawl has the newest --------------
DEPTH_PRIORITY = 100  # above the spider's own priorities, which order the links of one depth
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# --- Where a request may go; they are counted as newsspider/refused/… -----------------------------
DOWNLOAD_HANDLERS = {
    "http": "newsspider.crawl.rendering.rendering_handler.RenderingHandler",
    "https": "newsspider.crawl.rendering.rendering_handler.RenderingHandler",
    "file": None,  # a page that links file: got local files read
    "ftp": None,
    "s3": None,
    "data": None,
}
# Private networks that a crawl may reach, at any port: 10.0.0.0/8,127.0.0.1. A start address that
# is private needs no entry.
NEWSSPIDER_ALLOW_PRIVATE: list[str] = []
# And the port of a start address; other ports rarely belong to web sites
NEWSSPIDER_ALLOW_PORTS = [80, 443]
NEWSSPIDER_TRUST_PROXY = False  # True allows proxies; a proxy itself must refuse private addresses
DOWNLOAD_VERIFY_CERTIFICATES = True
# Hosts or sites whose certificates are not verified: old.herald.example
NEWSSPIDER_UNVERIFIED_TLS: list[str] = []
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # would run any Python code that is sent to it
# Cookies last for one chain of redirects, because a session shows one visitor's view. `cookies` in
# a site's profile holds a subscription's, or is true to keep them for the run.
COOKIES_ENABLED = False
# Seconds; longer ones only reload an open front page; Scrapy follows up to 100
METAREFRESH_MAXDELAY = 5

# --- The limits of one response -------------------------------------------------------------------
# Seconds for the whole response; with Scrapy's 180, a slow server holds a slot for three minutes
DOWNLOAD_TIMEOUT = 30
# Bytes, decompressed too; the largest gold page has 4 MB, Scrapy's default is 1 GiB
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
# An incomplete page is tried again, then kept as truncated; Scrapy drops it
DOWNLOAD_FAIL_ON_DATALOSS = False
# Real ones have under 10 KiB, browsers accept 256 KiB; Scrapy has no limit
NEWSSPIDER_MAX_HEADER_BYTES = 64 * 1024
URLLENGTH_LIMIT = 2000  # characters, of links and redirects; longer ones are traps
# Clicks from the start; paging goes that deep, calendars deeper (depth/request_ignored_count)
DEPTH_LIMIT = 100
NEWSSPIDER_MAX_SITE_PAGES = 100_000  # pages per site and crawl; half a day at half a second each
# Addresses that wait in memory, 2.3 KB each; the others are left for the next run
NEWSSPIDER_MAX_QUEUE = 200_000
# Links followed from one page; front pages in the gold data have up to 600
NEWSSPIDER_MAX_PAGE_LINKS = 2_000
# Levels of sitemaps; sitemaps.org allows one, large sites have two
NEWSSPIDER_MAX_SITEMAP_NESTING = 4
NEWSSPIDER_MAX_ROBOTS_BYTES = 500 * 1024  # the minimum of RFC 9309, and Google's limit
REDIRECT_MAX_TIMES = 10  # more is a loop; browsers follow 20
DNS_TIMEOUT = 20  # seconds; Scrapy's 60 is twice our timeout for the whole response
# A slow name server delays no other site
TWISTED_DNS_RESOLVER = "newsspider.crawl.guard.name_lookup.SystemResolver"
RETRY_TIMES = 2
# Seconds; if a site asks for a longer wait (429, 503), the run leaves it
NEWSSPIDER_MAX_RETRY_AFTER = 60.0

# --- Pages that need a browser: `render = true` in a site's profile (extra: render) ---------------
# The browser has no network: the crawl fetches the scripts' requests, with the same guard as the
# page.
# Path of a Chromium; else the environment variable of this name, else playwright's own
NEWSSPIDER_BROWSER = None
# 0 if there is none, as for root; a flaw in the browser then endangers the system
NEWSSPIDER_BROWSER_SANDBOX = True
NEWSSPIDER_RENDER_PAGES = 2  # at the same time, of all sites; each takes a core and some 150 MiB
# Seconds until a page settles (half a second without requests); then captured as it is
NEWSSPIDER_RENDER_WAIT = 10.0
NEWSSPIDER_RENDER_DEADLINE = 30.0  # seconds in total per page; the same as for its download
# Also: stylesheet, image, media, font, which have no text
NEWSSPIDER_RENDER_FETCH = ["script", "xhr", "fetch"]
# That a page's scripts may make, without the site's delay; front pages make 100
NEWSSPIDER_RENDER_REQUESTS = 200
NEWSSPIDER_RENDER_MIB = 50  # total size of these requests; heavy front pages have 10

# --- Extraction, in processes of its own: pages are never parsed in Scrapy's event loop -----------
NEWSSPIDER_WORKERS = None  # None: one per core; 0: in the event loop without limits, for debugging
# Seconds of processor time per page; 60 times that by the clock; gold pages take one
NEWSSPIDER_DEADLINE = 20.0
# MiB per worker; it starts with about 200, a page of a megabyte needs 100 more
NEWSSPIDER_WORKER_MEMORY = 1024
# Ask trafilatura about each page; "unsure": only where the model is unsure; "never"
NEWSSPIDER_WITNESS = "always"
# Text that a site repeats is boilerplate: learn it, and use what earlier runs learnt; 0: do neither
NEWSSPIDER_SITE_MEMORY = True
# Read pages that fit the known layout of their site without model and trafilatura
NEWSSPIDER_WRAPPERS = False
# Modules with corrections (@for_site); else the environment variable of this name
NEWSSPIDER_PARSERS: list[str] = []

# --- When pages are visited again, by the state in the store --------------------------------------
NEWSSPIDER_REVISIT = True  # 0 fetches everything again
# Ages of an article at which it is fetched again; most corrections happen on its first day
NEWSSPIDER_REVISIT_AGES = ["1h", "6h", "1d", "7d"]
# Wait for a list's next visit, as a share of the time without anything new
NEWSSPIDER_LIST_PATIENCE = 0.1
NEWSSPIDER_LONGEST_WAIT = "1d"  # for a list, and for a page that failed
NEWSSPIDER_FIRST_RETRY = "1h"  # after a page failed; then twice as long each time
NEWSSPIDER_TRIES = 6  # failures in a row; after that never, unless a list reports a change

# --- Pages kept: -s NEWSSPIDER_WARC=warc/ for `newsspider re-extract` and replay ------------------
# A folder for WARC files of all responses; else the environment variable of this name
NEWSSPIDER_WARC = None
NEWSSPIDER_WARC_MIB = 1024  # per file, as the specification recommends
NEWSSPIDER_HONOUR = ["noarchive"]  # noarchive: no copy in the WARC files; noindex: no record either
# For example 365d: at its end, a crawl removes older pages, also from WARC files
NEWSSPIDER_RETENTION = None

# --- Scrapy's HTTP cache: -s HTTPCACHE_ENABLED=1 answers a second crawl from .scrapy/httpcache ----
HTTPCACHE_ENABLED = False
HTTPCACHE_GZIP = True  # a tenth of the size
HTTPCACHE_IGNORE_HTTP_CODES = [429, 500, 502, 503, 504]  # temporary states of the server

# --- After extraction -----------------------------------------------------------------------------
# Tasks that Scrapy starts for the output of each page; its 100 cost a page a millisecond or two.
# A page has one record, and its requests need no task of their own.
CONCURRENT_ITEMS = 1

# --- Components and arguments ---------------------------------------------------------------------
ITEM_PIPELINES = {
    "pipelines.count.CountPipeline": 100,
    "pipelines.store.StorePipeline": 200,  # stores articles and quarantine alike,
    "pipelines.quarantine.QuarantinePipeline": 300,  # then only articles go on to -O and FEEDS
}
# Components stand in the order in which a request meets them: here from the spider outwards, so the
# number falls.
SPIDER_MIDDLEWARES = {
    "newsspider.crawl.request_context.RequestContextMiddleware": 970,  # before all that read it
    # Before others count and store the record
    "newsspider.crawl.archiving.robots_directives.NoindexMiddleware": 950,
    "newsspider.crawl.scheduling.period.PeriodMiddleware": 940,
    # Before the next one, which notes addresses
    "newsspider.crawl.guard.site_limits.SitemapNesting": 155,
    # After DepthMiddleware (900) has counted
    "newsspider.crawl.visits.revisits.RevisitMiddleware": 150,
    "newsspider.crawl.guard.site_limits.SitePages": 140,  # only due requests count
}
# Addresses that differ in tracking parameters only are one page.
REQUEST_FINGERPRINTER_CLASS = "newsspider.crawl.scheduling.fingerprints.PageFingerprinter"
DOWNLOADER_MIDDLEWARES = {
    # Refused requests must not wait or count before
    "newsspider.crawl.guard.middleware.GuardMiddleware": 30,
    "newsspider.crawl.visits.forgotten.ForgottenMiddleware": 35,
    "newsspider.crawl.visits.visitor_addresses.VisitorAddressesMiddleware": 38,
    "newsspider.crawl.visits.empty_lists.EmptyListsMiddleware": 39,
    # Before costly middlewares: a request that waits has cost nothing
    "newsspider.crawl.extraction.workers.RoomMiddleware": 40,
    "newsspider.crawl.visits.not_modified.NotModifiedMiddleware": 45,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "newsspider.crawl.scheduling.offsite.ReportingOffsiteMiddleware": 50,  # Scrapy's place for it
    "newsspider.crawl.politeness.site_settings.SiteSettingsMiddleware": 55,  # cookies stay at home
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsspider.crawl.politeness.robots_txt.WaitingRobotsMiddleware": 100,  # Scrapy's place for it
    # After robots.txt, which may forbid a request
    "newsspider.crawl.dry_run.DryRunMiddleware": 110,
    # After robots.txt: forbidden requests are not counted
    "newsspider.crawl.scheduling.page_limit.PageLimitMiddleware": 120,
    # Sees answers before RetryMiddleware (550)
    "newsspider.crawl.politeness.retry_after.RetryAfterMiddleware": 560,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    # These three in Scrapy's places too
    "newsspider.crawl.guard.redirects.CountedRefreshes": 580,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsspider.crawl.guard.unpacking_middleware.UnpackingMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newsspider.crawl.guard.redirects.CountedRedirects": 600,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    # Scrapy's place; sees an answer before it becomes a redirect
    "newsspider.crawl.guard.cookies.ChainCookies": 700,
    "newsspider.crawl.archiving.warc.ArchivingMiddleware": 990,  # sees answers first, as they came
}
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "newsspider.crawl.exports.feed_exporter.ReportingFeedExporter": 0,  # Scrapy's place for it
    "newsspider.crawl.guard.extension.Guard": 100,
    "newsspider.crawl.guard.bounded_robots.RobotsDownload": 110,
    "newsspider.crawl.rendering.renderer.Renderer": 120,
    # After AutoThrottle (0), whose delay it lifts
    "newsspider.crawl.politeness.crawl_delay.CrawlDelay": 500,
    "newsspider.crawl.extraction.workers.Workers": 510,
    "newsspider.crawl.visits.ledger.Ledger": 515,
    "newsspider.crawl.dry_run.DryRun": 515,  # instead of it, with -a dry_run=1
    "newsspider.crawl.archiving.warc.PageArchive": 516,
    "newsspider.crawl.archiving.retention.Retention": 517,
    "newsspider.crawl.stats.loop_lag.LoopLag": 520,  # newsspider/loop_lag_ms/… in the stats
    # newsspider/main_process_seconds in the stats
    "newsspider.crawl.stats.processor_time.ProcessorTime": 520,
    "newsspider.crawl.loop_pauses.LoopPauses": 530,
}
# Arguments of every spider of newsspider (-a max_pages=100), if they aren't given.
NEWSSPIDER_MAX_PAGES = None  # fetch at most this many pages
NEWSSPIDER_MAX_DEPTH = None  # follow links at most this many clicks from the start
NEWSSPIDER_SITES = None  # a TOML file of site profiles
NEWSSPIDER_DRY_RUN = None  # 1: show which pages would be fetched; store nothing
NEWSSPIDER_STORE = True  # -s NEWSSPIDER_STORE=0: records go to -O only
# The file or folder of `newsspider crawl -o`; then its --format, --schema and --replace
NEWSSPIDER_OUTPUT = None
NEWSSPIDER_OUTPUT_FORMAT = None
NEWSSPIDER_OUTPUT_SCHEMA = None
NEWSSPIDER_OUTPUT_REPLACE = False  # True overwrites an existing file
# A path or URL; the environment variable of this name wins; without both, ./news.db
NEWSSPIDER_DATABASE = None
# Link near-duplicates; "drop": don't store them; "off": don't look for them
NEWSSPIDER_DUPLICATES = "link"
# "full": each transaction and WARC record is on the disk before the next
NEWSSPIDER_SYNC = "normal"
NEWSSPIDER_MIGRATE = True  # 0, here or in the environment: refuse a database with an older schema

# A page with plots about the last 30 days, written after each crawl (pip install
# 'newsspider[report]').
NEWSSPIDER_REPORT = None  # its path, such as report.html

# --- Who is notified when a crawl ends badly ------------------------------------------------------
# Exit codes: a site went dark, the database can't be used; 1 would be too often
NEWSSPIDER_NOTIFY_CODES = [3, 4]
# Apprise URLs (pip install 'newsspider[notify]'), file:PATH or exec:COMMAND; they get the account
# in words. URLs can contain passwords: put them into the environment variable of this name,
# separated by commas.
NEWSSPIDER_NOTIFY: list[str] = []
NEWSSPIDER_NOTIFY_COMMAND = None  # a shell command; gets the account as JSON on its standard input
# An address to post the same JSON to; chat services show its `text`
NEWSSPIDER_NOTIFY_WEBHOOK = None

FEED_EXPORT_ENCODING = "utf-8"
FEED_STORAGES = dict.fromkeys(  # files that only the user can read
    ("", "file"), "newsspider.crawl.exports.feed_exporter.PrivateFileStorage"
)
FEED_EXPORTERS = {  # a title can be a spreadsheet formula
    "csv": "newsspider.crawl.exports.csv_exporter.GuardedCsvExporter"
}

# --- Logging --------------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
LOG_FORMATTER = "newsspider.crawl.log_lines.PageLines"  # no lines that LOG_LEVEL leaves out
NEWSSPIDER_PROGRESS = None  # set by `newsspider crawl`: "live" on a terminal, else "lines"
# Quarantined pages are stored with their reason; the log doesn't repeat it
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"
