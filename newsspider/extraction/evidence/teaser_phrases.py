"""Phrases by which a line leads to other articles, by language; no page's text."""

# In lower case, parted by bars.
TEASER_PHRASES: dict[str, str] = {
    "en": (
        "must read|read more|read also|also read|read next|read the full|more on this|more from|"
        "more stories|more news|more about|related|see also|see more|see all|view all|view more|"
        "recommended|recommended for you|you may like|you might like|you may also|you might also|"
        "up next|don't miss|don’t miss|editors' picks|editor's picks|editors’ picks|top stories|"
        "most read|most popular|popular|trending|latest news|latest|recent posts|next article|"
        "previous article|next post|previous post|keep reading|continue reading|learn more|"
        "find out more|click here|tap here|read our|see our|watch our|watch|watch also|watch now|"
        "listen|listen to|what to read|explore more|discover more|further reading|in other news|"
        "stories you|also see|also watch|related story|related stories|related article|"
        "related articles|related coverage|related news|related content|related posts|"
        "related reading|recommended reading|recommended stories|suggested reading|"
        "in case you missed|more coverage|further coverage"
    ),
    "de": (
        "lesen sie|lesen sie auch|hier klicken|klicken sie|mehr zum thema|mehr dazu|mehr lesen|"
        "weiterlesen|auch interessant|das könnte sie|meistgelesen|zum thema|siehe auch|mehr aus|"
        "lesen sie hier|lesen sie dazu|lesen sie mehr|lesen sie weiter|lies auch|lies mehr|"
        "lies hier|lies dazu|auch lesen|auch lesenswert|ebenfalls lesenswert|lesetipp|lese-tipp|"
        "zum weiterlesen|passend dazu|das könnte dich|das könnte ihnen gefallen|"
        "ebenfalls interessant|empfehlung der redaktion|empfohlener artikel|weitere artikel|"
        "weitere beiträge|mehr zu|lust auf mehr|"
        "weitere nachrichten|mehr nachrichten|sehen sie auch|schauen sie auch|hören sie auch"
    ),
    "fr": (
        "cliquez ici|lire aussi|à lire|à lire aussi|lire la suite|voir aussi|en savoir plus|"
        "les plus lus|sur le même|dans la même|lisez aussi|lisez également|lire également|"
        "à lire également|à lire ailleurs|à voir aussi|voir également|à écouter aussi|à découvrir|"
        "à découvrir aussi|découvrez aussi|pour aller plus loin|à relire|lire plus|lire l'article|"
        "lire l’article|à ne pas manquer|ne manquez pas|articles liés|article lié"
    ),
    "es": (
        "haz clic|haga clic|lea también|lee también|leer más|te puede interesar|"
        "le puede interesar|más información|más noticias|ver más|vea también|lo más leído|"
        "relacionadas|noticias relacionadas|lea aquí|lee aquí|lea además|lee además|lea más|"
        "lee más|leé también|leé más|lea esto|leer también|leer además|también lea|también lee|"
        "también lee esto|además lea|además lee|mira también|mirá también|mire también|"
        "mire además|ver también|ver además|vea además|vea aquí|puedes ver|puedes leer|"
        "puede leer|también puedes leer|también puede leer|también te puede|también le puede|"
        "te podría interesar|le podría interesar|puede interesarte|podría interesarte|"
        "quizás te interese|te recomendamos|le recomendamos|recomendamos leer|te sugerimos|"
        "le sugerimos|no te pierdas|no se pierda|sigue leyendo|siga leyendo|seguí leyendo|"
        "continúa leyendo|nota relacionada|notas relacionadas|noticia relacionada|"
        "artículo relacionado|artículos relacionados|contenido relacionado|video relacionado|"
        "conozca más|conoce más|lo más visto"
    ),
    "pt": (
        "clique aqui|leia também|leia mais|veja também|saiba mais|mais lidas|veja mais|leia ainda|"
        "leia aqui|leia a seguir|confira também|veja ainda|assista também|ouça também|ler também|"
        "ler mais|ver também|notícias relacionadas|notícia relacionada|matéria relacionada|"
        "matérias relacionadas|artigos relacionados|você pode gostar|pode te interessar|"
        "pode interessar|não perca|continue lendo|mais notícias"
    ),
    "it": (
        "clicca qui|leggi anche|leggi di più|continua a leggere|potrebbe interessarti|"
        "articoli correlati|vedi anche|leggi pure|leggi tutto|leggi l'articolo|leggi l’articolo|"
        "leggi qui|per approfondire|approfondisci|guarda anche|ascolta anche|"
        "ti potrebbe interessare|potrebbero interessarti|articolo correlato|notizie correlate|"
        "da non perdere|scopri anche|scopri di più"
    ),
    "nl": (
        "klik hier|lees ook|lees meer|meer over|meest gelezen|bekijk ook|lees verder|lees hier|"
        "lees hierover|lees daarnaast|zie ook|kijk ook|luister ook|beluister ook|meer lezen|"
        "meer nieuws|ook interessant|gerelateerde artikelen"
    ),
    "no": "klikk her|les også|les mer|les her|les saken|mer om|relaterte saker",
    "sv": (
        "klicka här|läs också|läs mer|mest läst|läs även|läs vidare|läs här|se även|se också|"
        "missa inte|relaterade artiklar"
    ),
    "pl": (
        "kliknij|czytaj także|czytaj też|czytaj więcej|zobacz także|zobacz też|przeczytaj|"
        "polecamy|czytaj również|czytaj dalej|przeczytaj także|przeczytaj też|przeczytaj również|"
        "przeczytaj więcej|zobacz również|zobacz więcej|sprawdź też|sprawdź także|sprawdź również|"
        "polecamy także|warto przeczytać|obejrzyj też|posłuchaj też|dowiedz się więcej|"
        "powiązane artykuły|może cię zainteresować"
    ),
    "ru": (
        "нажмите|читайте также|читать далее|читать полностью|смотрите также|по теме|читайте|"
        "читайте далее|читайте ещё|читайте еще|читайте по теме|читать также|читать ещё|читать еще|"
        "смотрите по теме|материалы по теме|новости по теме|ранее по теме|вам может быть|"
        "узнать больше"
    ),
    "da": "læs også|læs mere|læs her|læs videre|se også|hør også|mere om|relaterede artikler",
    "fi": "lue myös|lue lisää|lue seuraavaksi|katso myös|kuuntele myös|aiheesta lisää",
    "cs": (
        "čtěte také|přečtěte si|čtěte i|čtěte více|čtěte dále|přečtěte si také|přečtěte si i|"
        "mohlo by vás|související články|související článek|nepřehlédněte|podívejte se také"
    ),
    "sk": (
        "čítajte|čítajte aj|čítajte tiež|čítajte viac|prečítajte si|prečítajte si aj|"
        "súvisiace články|súvisiaci článok|pozrite aj|pozrite si aj|neprehliadnite"
    ),
    "ro": (
        "citește și|citește mai mult|citește mai multe|citeste si|citiți și|citește aici|vezi și|"
        "vezi si|vezi mai mult|te-ar putea interesa|ar putea să te|pe aceeași temă|află mai multe|"
        "articole similare|știri similare"
    ),
    "hu": (
        "olvasta már|olvass tovább|kapcsolódó|olvassa el|olvassa el ezt|ezt is olvassa|"
        "ezt is olvasd|olvasd el|olvasd el ezt|ez is érdekelheti|ez is érdekelhet|kapcsolódó cikk|"
        "kapcsolódó cikkek|további hírek"
    ),
    "uk": (
        "читайте також|читати також|читайте ще|читати далі|дивіться також|матеріали за темою|новини за темою|"
        "за темою|вас може зацікавити"
    ),
    "tr": (
        "ilgili haberler|bunlar da|devamı|ayrıca oku|ilgili haber|bunu da oku|bunu da okuyun|"
        "bunları da okuyun|şunları da okuyun|ayrıca okuyun|ayrıca bakınız|bakmadan geçme|"
        "okumaya devam et|devamını oku|daha fazla oku|benzer haberler"
    ),
    "id": (
        "baca juga|baca selengkapnya|artikel terkait|baca pula|baca lagi|simak juga|simak pula|"
        "lihat juga|tonton juga|saksikan juga|berita terkait|berita lainnya|pilihan editor"
    ),
    "vi": "đọc thêm|xem thêm|tin liên quan|mời xem thêm|bài liên quan|đọc tiếp",
    "el": (
        "διαβάστε επίσης|διαβάστε ακόμη|διαβάστε ακόμα|διαβάστε και|διαβάστε περισσότερα|"
        "διαβάστε σχετικά|διαβάστε εδώ|δείτε επίσης|δείτε ακόμη|δείτε ακόμα|δείτε και|"
        "σχετικά άρθρα|σχετικές ειδήσεις|μη χάσετε"
    ),
    "ar": (
        "اقرأ أيضا|اقرأ أيضاً|اقرأ المزيد|اقرأ ايضا|اقرأ كذلك|إقرأ أيضا|إقرأ أيضاً|اقرئي أيضا|"
        "شاهد أيضا|شاهد أيضاً|شاهد ايضا|طالع أيضا|طالع أيضاً|انظر أيضا|مواضيع ذات صلة|"
        "أخبار ذات صلة|ذات صلة|مواضيع متعلقة|قد يهمك|قد يهمك أيضا"
    ),
    "fa": (
        "بیشتر بخوانید|بیشتر بدانید|مطالب مرتبط|همچنین بخوانید|بخوانید|اخبار مرتبط|خبرهای مرتبط"
    ),
    "he": "קרא עוד|קראו גם|לקריאה נוספת|כתבות נוספות|ראו גם|צפו גם|עוד בנושא|אולי יעניין אותך",
    "hi": "यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|यह भी देखें|ये भी देखें|इसे भी पढ़ें|इसे भी देखें|संबंधित खबरें",
    "ca": "llegeix també|llegiu també|llegir més|mira també|et pot interessar",
    "is": "lesa meira|lestu einnig|sjá einnig",
    "et": "loe ka|loe veel|loe lisaks|vaata ka|seotud lood",
    "lv": "lasi arī|lasiet arī|lasīt vairāk|skaties arī|saistītie raksti",
    "lt": "taip pat skaitykite|skaitykite taip pat|skaitykite daugiau|susiję straipsniai",
    "sl": "preberite tudi|preberite še|poglejte tudi|več o tem",
    "hr": (
        "pročitajte i|pročitajte još|pročitajte više|pročitaj i|pročitaj još|pročitaj više|"
        "čitajte još|čitaj još|pogledajte i|pogledajte još|povezane vijesti|povezane vesti|"
        "vezane vijesti|možda će vas"
    ),
    "sr": "прочитајте и|прочитајте још|прочитајте више|прочитај и|погледајте и|повезане вести",
    "mk": "прочитајте повеќе",
    "bg": (
        "прочетете още|прочетете и|прочети още|вижте още|вижте също|виж още|още по темата|"
        "свързани новини|свързани статии"
    ),
    "be": "чытайце таксама|глядзіце таксама",
    "sq": "lexo edhe|lexoni edhe|lexo më shumë|shiko edhe",
    "az": "həmçinin oxuyun|oxşar xəbərlər",
    "tl": "basahin din|panoorin din",
    "sw": "soma pia|soma zaidi|tazama pia|habari zinazohusiana",
    "ur": "مزید پڑھیں|یہ بھی پڑھیں|متعلقہ خبریں",
    "bn": "আরও পড়ুন|আরো পড়ুন|আরও দেখুন",
    "ta": "மேலும் படிக்க|இதையும் படிங்க|இதையும் படியுங்கள்",
    "te": "ఇవి కూడా చదవండి|ఇది కూడా చదవండి|ఇదీ చదవండి|ఇవీ చదవండి",
    "mr": "हेही वाचा|हे देखील वाचा|आणखी वाचा",
    "gu": "આ પણ વાંચો|વધુ વાંચો",
    "kn": "ಇದನ್ನೂ ಓದಿ|ಇದನ್ನು ಓದಿ",
    "ml": "ഇതും വായിക്കുക|കൂടുതൽ വായിക്കുക",
    "pa": "ਇਹ ਵੀ ਪੜ੍ਹੋ",
    "ne": "यो पनि पढ्नुहोस्",
    "ka": "ასევე წაიკითხეთ|წაიკითხეთ ასევე",
    "hy": "կարդացեք նաև|կարդացեք նաեւ|կարդալ ավելին",
    "kk": "тағы оқыңыз|оқи отырыңыз",
}

# Of scripts written without spaces
UNSPACED_TEASER_PHRASES: dict[str, str] = {
    "ja": (
        "関連記事|続きを読む|おすすめ|あわせて読みたい|人気記事|最新ニュース|合わせて読みたい|"
        "併せて読みたい|こちらも読む|こちらもおすすめ|関連ニュース|関連リンク"
    ),
    "zh": (
        "相关阅读|延伸阅读|相關新聞|相关新闻|推荐阅读|更多|熱門|热门|延伸閱讀|相關閱讀|"
        "推薦閱讀|相关报道|相關報導|相关链接|相關連結|阅读更多|閱讀更多|看更多|猜你喜欢|"
        "你可能會喜歡|另见|另見"
    ),
    "ko": "관련기사|관련 기사|더보기|많이 본|추천|함께 읽으면|함께 보면|추천 기사|추천기사",
    "th": "ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม|อ่านต่อ|อ่านข่าวเพิ่มเติม|ดูเพิ่มเติม|บทความที่เกี่ยวข้อง|ข่าวแนะนำ",
}
