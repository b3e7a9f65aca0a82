"""Subjects of pages that are neither articles nor lists, with their types, addresses and headings.

In lower case, parted by bars. A heading is compared with the parts of a title, a step with a part
of an address.
"""

from dataclasses import dataclass


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split("|") if word.strip())


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a page.

    Attributes:
        name: as the reason has it.
        types: schema.org types, and values of og:type.
        steps: parts of an address between slashes.
        headings: headings and parts of a title.
        is_standing: whether a site has one such page, which the last step of its address names.
    """

    name: str
    types: frozenset[str]
    steps: frozenset[str]
    headings: tuple[str, ...]
    is_standing: bool


def _subject(
    *, name: str, types: str = "", steps: str = "", headings: str = "", is_standing: bool = False
) -> Subject:
    return Subject(
        name, frozenset(_listed(types)), frozenset(_listed(steps)), _listed(headings), is_standing
    )


SUBJECTS: tuple[Subject, ...] = (
    _subject(
        name="legal notices",
        types="PrivacyPolicy",
        steps=(
            "privacy|privacy-policy|privacypolicy|privacy-notice|privacy-statement|terms|"
            "terms-of-use|terms-of-service|terms-and-conditions|terms-conditions|tos|conditions|"
            "cookies|cookie-policy|legal|disclaimer|imprint|impressum|datenschutz|"
            "datenschutzerklaerung|datenschutzhinweise|agb|nutzungsbedingungen|mentions-legales|"
            "cgu|cgv|politique-de-confidentialite|confidentialite|aviso-legal|privacidad|"
            "politica-de-privacidad|politica-de-cookies|condiciones-de-uso|terminos-y-condiciones|"
            "note-legali|informativa-privacy|termini-e-condizioni|termos-de-uso|"
            "politica-de-privacidade|privacybeleid|privacyverklaring|algemene-voorwaarden|"
            "voorwaarden|colofon|polityka-prywatnosci|regulamin|personvern|integritetspolicy|"
            "privatlivspolitik|tietosuoja|kayttoehdot|gizlilik|gizlilik-politikasi|kvkk|kunye"
        ),
        headings=(
            "privacy policy|privacy notice|privacy statement|terms of use|terms of service|"
            "terms and conditions|terms & conditions|cookie policy|legal notice|disclaimer|imprint|"
            "impressum|datenschutz|datenschutzerklärung|datenschutzhinweise|nutzungsbedingungen|"
            "allgemeine geschäftsbedingungen|agb|mentions légales|politique de confidentialité|"
            "conditions générales|conditions d'utilisation|aviso legal|política de privacidad|"
            "política de cookies|condiciones de uso|términos y condiciones|note legali|"
            "informativa sulla privacy|informativa privacy|termini e condizioni|termos de uso|"
            "política de privacidade|privacybeleid|privacyverklaring|algemene voorwaarden|colofon|"
            "polityka prywatności|regulamin serwisu|ochrana osobních údajů|zásady ochrany osobních|"
            "adatvédelmi tájékoztató|politica de confidențialitate|политика конфиденциальности|"
            "пользовательское соглашение|політика конфіденційності|gizlilik politikası|"
            "kullanım koşulları|künye|kebijakan privasi|chính sách bảo mật|πολιτική απορρήτου|"
            "όροι χρήσης|سياسة الخصوصية|شروط الاستخدام|حریم خصوصی|מדיניות פרטיות|תנאי שימוש|"
            "गोपनीयता नीति|プライバシーポリシー|個人情報保護方針|利用規約|隐私政策|隱私權政策|"
            "개인정보처리방침|이용약관|integritetspolicy|personvernerklæring|privatlivspolitik|"
            "tietosuojaseloste|käyttöehdot"
        ),
        is_standing=True,
    ),
    _subject(
        name="the site itself",
        types="AboutPage|ContactPage",
        steps=(
            "about|about-us|aboutus|contact|contact-us|contacts|masthead|staff|team|our-team|"
            "advertise|advertise-with-us|help|faq|support|ueber-uns|uber-uns|wir-ueber-uns|kontakt|"
            "redaktion|mediadaten|hilfe|a-propos|qui-sommes-nous|contactez-nous|nous-contacter|"
            "aide|quienes-somos|sobre-nosotros|contacto|ayuda|chi-siamo|contatti|redazione|"
            "quem-somos|sobre-nos|contato|over-ons|contact-opnemen|om-oss|om-os|kontakta-oss|"
            "kontakt-oss|o-nas|kontakty|rolunk|kapcsolat|despre-noi|hakkimizda|iletisim|"
            "tentang-kami"
        ),
        headings=(
            "about us|about|contact us|contact|our team|advertise with us|"
            "frequently asked questions|help centre|help center|über uns|kontakt|redaktion|hilfe|"
            "à propos|qui sommes-nous|contactez-nous|nous contacter|quiénes somos|sobre nosotros|"
            "contacto|preguntas frecuentes|chi siamo|contatti|quem somos|sobre nós|contato|"
            "fale conosco|over ons|veelgestelde vragen|om oss|om os|o nas|o nás|kontakty|rólunk|"
            "kapcsolat|despre noi|о нас|о компании|контакты|про нас|hakkımızda|iletişim|"
            "tentang kami|giới thiệu|liên hệ|σχετικά με εμάς|επικοινωνία|من نحن|اتصل بنا|درباره ما|"
            "تماس با ما|אודות|צור קשר|हमारे बारे में|会社概要|お問い合わせ|关于我们|關於我們|"
            "联系我们|회사소개"
        ),
        is_standing=True,
    ),
    _subject(
        name="a newsletter or subscription",
        steps=(
            "newsletter|newsletters|newsletter-signup|sign-up|signup|subscribe|subscription|"
            "subscriptions|abo|abos|abonnement|abonnements|abonnieren|boletin|boletines|infolettre|"
            "infolettres|nieuwsbrief|nieuwsbrieven|nyhetsbrev|nyhedsbrev|uutiskirje|assine|"
            "suscripcion|suscribete|abbonamenti|rassegna|membership|plans|pricing|donate|"
            "support-us|spenden|unterstuetzen|don|faire-un-don|dona|donar|sostienici"
        ),
        headings=(
            "newsletter|newsletters|our newsletter|our newsletters|sign up|subscribe|subscribe now|"
            "choose your plan|choose your subscription|subscription plans|pricing|become a member|"
            "support us|donate|unterstützen sie uns|spenden|abo abschließen|soutenez-nous|"
            "faire un don|sostienici|apóyanos|newsletter abonnieren|infolettre|boletín|boletines|"
            "nieuwsbrief|nieuwsbrieven|nyhetsbrev|nyhedsbrev|uutiskirje|hírlevél|рассылка|bülten|"
            "ニュースレター|メールマガジン|뉴스레터|ενημερωτικό δελτίο|النشرة البريدية"
        ),
    ),
    _subject(
        name="a job",
        types="JobPosting",
        steps=(
            "job|jobs|career|careers|vacancy|vacancies|stellenangebote|stellenanzeigen|"
            "stellenmarkt|karriere|emploi|emplois|offres-emploi|empleo|empleos|lavoro|"
            "offerte-lavoro|vagas|emprego|vacature|vacatures|praca|oferty-pracy|jobb|"
            "ledige-stillinger|rekry|vakansii|is-ilanlari"
        ),
    ),
    _subject(
        name="a product",
        types=(
            "Product|ProductGroup|ProductModel|IndividualProduct|Vehicle|Car|product|og:product|"
            "product.item"
        ),
        steps=(
            "shop|store|product|products|produkt|produkte|item|boutique|produit|produits|tienda|"
            "producto|productos|negozio|prodotto|prodotti|loja|produto|produtos|winkel|butik|sklep|"
            "produkty|magazin|urun|cart|basket|warenkorb|checkout|kleinanzeigen|anzeigen|"
            "classifieds|inmuebles|immobilien"
        ),
    ),
    _subject(
        name="a home or a course on offer",
        types=(
            "RealEstateListing|Accommodation|Apartment|House|SingleFamilyResidence|CourseInstance|"
            "LoanOrCredit"
        ),
        steps=(
            "properties|property-for-sale|for-sale|to-rent|real-estate|wohnung-mieten|haus-kaufen|"
            "louer|acheter|alquiler"
        ),
    ),
    _subject(
        name="a tool",
        steps=(
            "calculator|calculators|converter|currency-converter|tools|rechner|waehrungsrechner|"
            "calculadora|calculadoras|calculateur|simulateur|simulador|calcolatore|rekenmachine|"
            "kalkulator|kalkylator|laskuri"
        ),
        headings=(
            "calculator|currency converter|rechner|währungsrechner|brutto-netto-rechner|"
            "calculadora|calculateur|simulateur|calcolatore|kalkulator|калькулятор|конвертер валют|"
            "hesaplama|計算機|计算器|계산기"
        ),
    ),
    _subject(
        name="an event",
        types=(
            "Event|BusinessEvent|ChildrensEvent|ComedyEvent|DanceEvent|EducationEvent|"
            "ExhibitionEvent|Festival|FoodEvent|LiteraryEvent|MusicEvent|SaleEvent|ScreeningEvent|"
            "SocialEvent|TheaterEvent|VisualArtsEvent"
        ),
        steps=(
            "event|events|calendar|whats-on|listings|tickets|veranstaltung|veranstaltungen|termine|"
            "agenda|evenement|evenements|sortir|evento|eventos|eventi|evenementen|arrangement|"
            "evenemang|wydarzenia|afisha|etkinlik"
        ),
    ),
    _subject(
        name="the weather",
        steps=(
            "weather|forecast|wetter|meteo|tiempo|el-tiempo|clima|previsao|previsao-do-tempo|tempo|"
            "weer|vader|vaer|vejr|saa|pogoda|pocasi|idojaras|vremea|hava-durumu|cuaca|thoi-tiet|"
            "kairos|tenki|weerbericht"
        ),
        headings=(
            "weather|weather forecast|weather in|wetter|wetter in|wettervorhersage|météo|"
            "prévisions météo|el tiempo|el tiempo en|clima|previsão do tempo|meteo|"
            "previsioni meteo|weer|weerbericht|vädret|været|vejret|sää|pogoda|počasí|időjárás|"
            "vremea|погода|hava durumu|cuaca|thời tiết|ο καιρός|الطقس|آب و هوا|מזג האוויר|मौसम|"
            "天気|天气|天氣|날씨"
        ),
    ),
    _subject(
        name="prices of a market",
        types="ExchangeRateSpecification|FinancialQuote|InvestmentFund",
        steps=(
            "stock|stocks|quote|quotes|share-price|share-prices|symbol|currencies|exchange-rates|"
            "aktie|aktien|kurse|kurs|boersenkurse|fonds|bourse|cours|cotations|bolsa|cotizaciones|"
            "cotizacion|quotazioni|borsa|cotacoes|koersen|aktier|kurser|gielda|notowania|kotirovki|"
            "hisse|doviz"
        ),
    ),
    _subject(
        name="a match",
        types="SportsEvent",
        steps=(
            "match|matches|match-centre|match-center|matchcentre|scores|score|scorecard|scoreboard|"
            "fixtures|results|standings|boxscore|box-score|game|spiel|spiele|spielbericht|tabelle|"
            "ergebnisse|spielplan|classement|resultats|calendrier|partido|partidos|clasificacion|"
            "resultados|partita|partite|classifica|risultati|jogo|jogos|classificacao|wedstrijd|"
            "uitslagen|kamp|resultat|mecz|wyniki|tabela|mac|puan-durumu|elections-results"
        ),
        headings=(
            "match centre|match center|scorecard|box score|standings|fixtures|live scores|"
            "spielplan|tabelle|classement|clasificación|classifica|classificação|uitslagen|wyniki|"
            "puan durumu|турнирная таблица"
        ),
    ),
    _subject(
        name="a quiz or a game",
        types="Quiz|Game|VideoGame",
        steps=(
            "quiz|quizzes|quizz|trivia|crossword|crosswords|sudoku|puzzle|puzzles|games|"
            "kreuzwortraetsel|raetsel|spiele|mots-croises|jeux|crucigrama|pasatiempos|cruciverba|"
            "giochi|palavras-cruzadas|puzzels|korsord|krzyzowka|krossvord|bulmaca|test|tests|poll|"
            "polls|survey|umfrage|sondage|encuesta"
        ),
        headings=(
            "quiz|the quiz|trivia|crossword|sudoku|puzzle|kreuzworträtsel|quizz|mots croisés|"
            "crucigrama|cruciverba|palavras cruzadas|korsord|krzyżówka|викторина|тест|кроссворд|"
            "bulmaca|クイズ|퀴즈|测验"
        ),
    ),
    _subject(
        name="readers' comments",
        types="DiscussionForumPosting",
        steps=(
            "comments|comment|discussion|replies|kommentare|kommentar|leserkommentare|forum|forums|"
            "commentaires|reactions|comentarios|opiniones|commenti|comentários|reacties|"
            "kommentarer|kommentit|komentarze|diskuse|hozzaszolasok|comentarii|yorumlar|yorum|"
            "комментарии"
        ),
        is_standing=True,
    ),
    _subject(
        name="an author",
        types="ProfilePage|profile",
        steps=(
            "author|authors|autor|autoren|autores|auteur|auteurs|autore|autori|writers|contributor|"
            "contributors|journalist|journalists|journaliste|profile|profiles|staff|people|"
            "reporter|reporters|by|firmas|skribent|forfatter|toimittaja|yazar|yazarlar|avtor"
        ),
    ),
)

ALL_TYPES = frozenset().union(*(subject.types for subject in SUBJECTS))
ALL_HEADINGS = tuple(heading for subject in SUBJECTS for heading in subject.headings)

BUTTONS = _listed(
    "add to cart|add to basket|add to bag|add to trolley|buy now|order now|book now|apply now|"
    "apply for this job|in den warenkorb|jetzt kaufen|jetzt bestellen|jetzt buchen|jetzt bewerben|"
    "ajouter au panier|acheter|postuler|añadir al carrito|añadir a la cesta|agregar al carrito|"
    "comprar|comprar ahora|inscríbete|aggiungi al carrello|acquista|candidati|"
    "adicionar ao carrinho|comprar agora|candidatar-se|in winkelwagen|in winkelmand|bestellen|"
    "solliciteer|lägg i varukorgen|lägg i varukorg|köp|ansök|legg i handlekurv|kjøp|"
    "søk på stillingen|læg i kurv|lisää ostoskoriin|dodaj do koszyka|kup teraz|aplikuj|do košíku|"
    "přidat do košíku|kosárba|adaugă în coș|в корзину|купить|откликнуться|sepete ekle|satın al|"
    "başvur|カートに入れる|购买|加入购物车|加入購物車|장바구니|구매하기|أضف إلى السلة|"
    "افزودن به سبد|הוסף לסל|προσθήκη στο καλάθι"
)
SCORE_BUTTONS = _listed(
    "show my score|check answers|see results|see my score|submit answers|start quiz|start the quiz|"
    "quiz starten|auswerten|auflösung|voir mon score|valider mes réponses|ver resultado|"
    "vedi il risultato|ver pontuação|bekijk je score|visa resultat|se resultat|sprawdź wynik|"
    "узнать результат|sonucu gör"
)
