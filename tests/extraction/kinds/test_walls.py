"""Pages in an article's place: recognised in any dress, and never taken for what they stand beside."""

import pytest

from tests.extraction.kinds.pages import STORY, as_page, kind_of

CONSENT = (
    "<h1>Before you continue</h1><p>We and our 312 partners store and access information on a device, such as cookies, "
    "to show personalised ads.</p><button>Accept all</button><button>Reject all</button>"
)


@pytest.mark.parametrize(
    ("html", "status"),
    [
        (
            "<title>Just a moment</title><script>_cf_chl_opt={}</script><noscript>Enable cookies and JavaScript",
            403,
        ),
        (
            "<title>Attention Required! | Cloudflare</title><div id='cf-error-details'><h1>You have been blocked</h1>",
            200,
        ),
        (
            "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission. https://errors.edgesuite.net/1",
            200,
        ),
        ("<html><body><script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>", 403),
        ("<title>Access to this page has been denied</title><div id='px-captcha'></div>", 200),
        (
            "<body><iframe src='/_Incapsula_Resource?CWUDNSAI=1'>Unsuccessful. Incapsula incident ID: 1</iframe>",
            200,
        ),
        ("<body><script>window.gokuProps={}</script><div id='challenge-container'></div>", 202),
        ("<title>Request Rejected</title><body>The requested URL was rejected. Your support ID is: 1", 200),
        ("<title>Вы не робот?</title><h1>Подтвердите, что вы не робот</h1><form action='/checkcaptcha'>", 200),
        ("<title>403 Forbidden</title><h1>403 Forbidden</h1><hr>nginx", 403),
        ('<title>安全验证</title><p>系统检测到异常流量，请完成验证。</p><div id="captcha"></div>', 429),
    ],
)
def test_challenges_and_refusals_are_walls(html: str, status: int) -> None:
    assert kind_of(html, status=status)[0] == "bot_wall"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(as_page(STORY + '<form><div class="g-recaptcha"></div></form>'), id="captcha at the comments"),
        pytest.param(
            as_page(STORY, head="<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"), id="jsd"
        ),
        pytest.param(as_page(STORY, head="<script src='https://js.datadome.co/tags.js'></script>"), id="tags.js"),
        pytest.param(as_page(STORY, title="Are you a robot? A ferryman answers"), id="title with the words"),
    ],
)
def test_what_protects_an_ordinary_page_is_no_wall(html: str) -> None:
    assert kind_of(html)[0] == "article"


def test_unavailable_server_without_a_challenge_is_a_failure() -> None:
    assert kind_of("<title>503 Service Unavailable</title><h1>Service Unavailable</h1>", status=503)[0] == "failed"


def test_request_for_consent_alone_is_a_wall() -> None:
    assert kind_of(f"<title>Before you continue</title>{CONSENT}")[0] == "consent"


def test_article_under_a_request_for_consent_is_an_article() -> None:
    assert kind_of(as_page(f"<div role=dialog>{CONSENT}</div>{STORY}"))[0] == "article"


LOGIN = "<form method=post><input name=user><input type=password name=word><button>Log in</button></form>"


@pytest.mark.parametrize(
    ("body", "url", "kind"),
    [
        (f"<h1>Log in</h1>{LOGIN}<p>Please log in to read on.</p>", "https://herald.example/account", "failed"),
        (f"<h1>Herald</h1>{LOGIN}<p>Please log in to read on.</p>", "https://herald.example/login?next=/a", "failed"),
        (f"<h1>Anmelden</h1>{LOGIN}<p>Bitte melden Sie sich an.</p>", "https://herald.example/konto", "failed"),
        (f"{LOGIN}{STORY}", "https://herald.example/ferry", "article"),  # a box beside an article
    ],
)
def test_page_that_only_asks_to_log_in_is_none_of_those_asked_for(body: str, url: str, kind: str) -> None:
    assert kind_of(as_page(body, title="Herald"), url)[0] == kind


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (
            "451: Unavailable for legal reasons",
            "Readers in the European Economic Area can't be given access. GDPR applies.",
        ),
        ("Sorry", "This website is currently unavailable to visitors from most European countries."),
        ("Not available in your country", "We hold no rights for this programme where you are."),
        ("Nicht verfügbar", "Dieser Inhalt ist in Ihrem Land nicht verfügbar."),
        ("Contenu indisponible", "Cette vidéo n'est pas disponible dans votre pays."),
        ("Недоступно", "Этот материал недоступен в вашей стране."),
    ],
)
def test_page_that_is_not_shown_in_a_country_is_a_failure(heading: str, text: str) -> None:
    kind, reason = kind_of(f"<title>{heading}</title><h1>{heading}</h1><p>{text}</p>")
    assert (kind, (reason or "")[:4]) == ("failed", "says")


def test_news_of_such_a_page_is_an_article() -> None:
    text = (
        "<p>The paper's site is not available in your country if you live in the European Union, the ferryman said.</p>"
    )
    assert kind_of(as_page(STORY.replace("</article>", f"{text}</article>")))[0] == "article"
